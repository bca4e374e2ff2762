package parley.connection;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.LongSupplier;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.user.UserId;

/** Connections as they come and go, and which conversation is open on each. */
public final class ConnectionService {
  /**
   * How many unreadable frames a connection may send. An honest client sends none; a broken one
   * learns from the first few.
   */
  static final int MAX_BREACHES = 20;

  private static final int MOST_TYPING = 50;

  private final ConnectionTable table;
  private final ConnectionSlots slots;
  private final OpeningTable openings;
  private final JoinedTable joined;
  private final ConversationRepository conversations;
  private final Ids ids;

  public ConnectionService(
      ConnectionTable table,
      ConnectionSlots slots,
      OpeningTable openings,
      JoinedTable joined,
      ConversationRepository conversations,
      Ids ids) {
    this.table = table;
    this.slots = slots;
    this.openings = openings;
    this.joined = joined;
    this.conversations = conversations;
    this.ids = ids;
  }

  /**
   * Notes a connection that is about to be accepted.
   *
   * @throws ChatException TOO_MANY_CONNECTIONS
   */
  public void connected(Connection connection) {
    var _ = table.register(connection);
  }

  /**
   * Notes a connection that is about to be accepted and whose client is yet to say who it is.
   *
   * @throws ChatException TOO_MANY_CONNECTIONS if too many of its origin stand, or in all
   */
  public void opening(Opening opening) {
    openings.add(opening);
  }

  /** The connection with this id, if it has a user and has not closed. */
  public Optional<Connection> find(ConnectionId connection) {
    return slots.find(connection);
  }

  /**
   * Gives an opening to its user, once: nothing is sent to it before it is {@link #ready}. It is
   * taken from the openings first, so whoever fails after that leaves a connection that nobody
   * knows: its client must be told, and it must be closed.
   *
   * @param connection the opening as its user's connection
   * @return false if it has a user already, or is gone; nothing is changed then
   * @throws ChatException TOO_MANY_CONNECTIONS
   */
  public boolean bind(Opening opening, Connection connection) {
    return openings.remove(opening) && table.register(connection);
  }

  /** Lets a connection be sent to from now on. */
  public void ready(Connection connection) {
    table.makeReady(connection);
  }

  /**
   * Forgets a connection that has closed, whoever's it is.
   *
   * @param opened the connection as it was before anybody said whose it is
   */
  public void disconnected(Opening opened) {
    Optional<Connection> bound = slots.find(opened.id());
    if (bound.isEmpty() && !openings.remove(opened)) {
      // It may have been given to its user between the two calls.
      bound = slots.find(opened.id());
    }
    bound.ifPresent(table::remove);
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
   * Notes that a conversation is open on this device; it steers what the device is spared and
   * whether it takes part in typing, not what it receives: messages come to every connection
   * anyway. In a conversation of more than {@value #MOST_TYPING} participants there is no typing.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the user takes part in it
   */
  public void join(Connection connection, ConversationId conversation) {
    join(
        connection,
        conversation,
        () -> conversations.requireParticipant(conversation, connection.userId()));
  }

  /**
   * The same for who finds out in another way whether the user takes part.
   *
   * @param requireParticipant gives how many take part, or throws CONVERSATION_NOT_FOUND
   */
  public void join(
      Connection connection, ConversationId conversation, LongSupplier requireParticipant) {
    UserId user = connection.userId();
    UUID joining = ids.next();
    joined.announce(conversation, connection, joining);
    try {
      long participants = requireParticipant.getAsLong();
      if (!table.open(user, connection.id(), conversation) || participants > MOST_TYPING) {
        joined.leave(conversation, user, connection.id());
      } else {
        joined.admit(conversation, connection, joining);
      }
    } catch (ChatException e) {
      joined.leave(conversation, user, connection.id());
      throw e;
    }
  }

  /**
   * Notes that a conversation is not open on this device any more; another one stays open, for who
   * goes from one to the next may be heard in either order.
   */
  public void leave(UserId user, ConnectionId connection, ConversationId conversation) {
    if (table.close(user, connection, conversation)) {
      joined.leave(conversation, user, connection);
    }
  }
}
