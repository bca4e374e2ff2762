package parley.functions.socket;

import java.time.Clock;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.typing.TypingService;

/** Calls the service that a command asks for, whatever frame it came in. */
public final class Commands {
  private final ConnectionService connections;
  private final MessageService messages;
  private final TypingService typings;
  private final Clock clock;

  public Commands(
      ConnectionService connections, MessageService messages, TypingService typings, Clock clock) {
    this.connections = connections;
    this.messages = messages;
    this.typings = typings;
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
        connections.join(connection, join.conversationId());
        yield join;
      }
      case ClientCommand.LeaveConversation leave -> {
        connections.leave(connection.userId(), connection.id());
        yield leave;
      }
      case ClientCommand.Typing typing -> {
        typings.type(connection, typing.conversationId(), typing.typing());
        yield typing;
      }
      case ClientCommand.SendMessage send -> messages.send(connection.userId(), send.draft());
    };
  }
}
