package parley.connection;

import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.user.UserId;

/** Connections as they come and go, and which conversation is open on each. */
public final class ConnectionService {
  private final ConnectionTable table;
  private final ConversationRepository conversations;

  public ConnectionService(ConnectionTable table, ConversationRepository conversations) {
    this.table = table;
    this.conversations = conversations;
  }

  /** Notes a connection that is about to be accepted. */
  public void connected(Connection connection) {
    table.register(connection);
  }

  /** Forgets a connection that has closed. */
  public void disconnected(UserId user, ConnectionId connection) {
    table.remove(user, connection);
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
