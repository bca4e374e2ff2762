package parley.connection;

import java.util.Optional;
import java.util.OptionalInt;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.user.UserId;

/** Connections as they come and go, and which conversation is open on each. */
public final class ConnectionService {
  /**
   * How many unreadable frames a connection may send. An honest client sends none; a broken one
   * learns from the first few.
   */
  static final int MAX_BREACHES = 20;

  private final ConnectionTable table;
  private final ConnectionSlots slots;
  private final ConversationRepository conversations;

  public ConnectionService(
      ConnectionTable table, ConnectionSlots slots, ConversationRepository conversations) {
    this.table = table;
    this.slots = slots;
    this.conversations = conversations;
  }

  /**
   * Notes a connection that is about to be accepted.
   *
   * @throws ChatException TOO_MANY_CONNECTIONS
   */
  public void connected(Connection connection) {
    table.register(connection);
  }

  /** Notes a connection that is about to be accepted and whose user is yet to be told. */
  public void opening(Opening opening) {
    slots.add(opening);
  }

  /** The connection with this id, if it has a user and has not closed. */
  public Optional<Connection> find(ConnectionId connection) {
    return slots.find(connection);
  }

  /**
   * Gives an opening connection to its user, once: nothing is sent to it before it is {@link
   * #ready}.
   *
   * @return false if it has a user already, or is gone; nothing is changed then
   * @throws ChatException TOO_MANY_CONNECTIONS
   */
  public boolean bind(Connection connection) {
    return table.bind(connection);
  }

  /** Lets a connection be sent to from now on. */
  public void ready(Connection connection) {
    table.makeReady(connection);
  }

  /** Forgets a connection that has closed, whoever's it is. */
  public void disconnected(ConnectionId connection) {
    Optional<Connection> bound = slots.find(connection);
    if (bound.isEmpty() && !slots.removeOpening(connection)) {
      // It may have been given to its user between the two calls.
      bound = slots.find(connection);
    }
    bound.ifPresent(known -> table.remove(known.userId(), known.id()));
  }

  /**
   * Counts a frame that its codec could not read, in the connection's item; good frames are not
   * counted, and cost no write.
   *
   * @return whether the connection has sent too many; one without a user may send none
   */
  public boolean isOneBreachTooMany(ConnectionId connection) {
    OptionalInt breaches = slots.countBreach(connection);
    return breaches.isEmpty() || breaches.getAsInt() >= MAX_BREACHES;
  }

  /**
   * Notes that a conversation is open on this device; it steers what the device is spared, not what
   * it receives: messages come to every connection anyway.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the user takes part in it
   */
  public void join(UserId user, ConnectionId connection, ConversationId conversation) {
    conversations.requireParticipant(conversation, user);
    table.open(user, connection, conversation);
  }

  /** Notes that no conversation is open on this device any more. */
  public void leave(UserId user, ConnectionId connection) {
    table.open(user, connection, null);
  }
}
