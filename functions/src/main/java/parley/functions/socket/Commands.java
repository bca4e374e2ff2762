package parley.functions.socket;

import java.time.Clock;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

/** Calls the service that a command asks for, whatever frame it came in. */
public final class Commands {
  private final ConnectionService connections;
  private final MessageService messages;
  private final Clock clock;

  public Commands(ConnectionService connections, MessageService messages, Clock clock) {
    this.connections = connections;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Does what a client asks for.
   *
   * @return what it is answered
   * @throws ChatException as the service says, or TOKEN_EXPIRED
   */
  Object execute(Connection connection, ClientFrame.Request request) {
    if (!connection.isAuthorized(clock.instant())) {
      throw new ChatException(
          ErrorCode.TOKEN_EXPIRED, "the token of this connection has expired, connect again");
    }
    return switch (request.command()) {
      case ClientCommand.JoinConversation join -> {
        connections.join(connection.userId(), connection.id(), join.conversationId());
        yield join;
      }
      case ClientCommand.LeaveConversation leave -> {
        connections.leave(connection.userId(), connection.id());
        yield leave;
      }
      case ClientCommand.SendMessage send -> messages.send(connection.userId(), send.draft());
    };
  }
}
