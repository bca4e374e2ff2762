package parley.functions.socket;

import java.time.Clock;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.message.EditService;
import parley.message.ForwardService;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.reaction.ReactionService;

/** Calls the service that a command asks for, whatever frame it came in. */
public final class Commands {
  private final ConnectionService connections;
  private final MessageService messages;
  private final EditService edits;
  private final ForwardService forwards;
  private final ReactionService reactions;
  private final Clock clock;

  public Commands(
      ConnectionService connections,
      MessageService messages,
      EditService edits,
      ForwardService forwards,
      ReactionService reactions,
      Clock clock) {
    this.connections = connections;
    this.messages = messages;
    this.edits = edits;
    this.forwards = forwards;
    this.reactions = reactions;
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
      case ClientCommand.EditMessage edit ->
          edits.edit(connection.userId(), edit.messageId(), edit.content());
      case ClientCommand.DeleteMessage delete ->
          edits.delete(connection.userId(), delete.messageId());
      case ClientCommand.HideMessage hide -> edits.hide(connection.userId(), hide.messageId());
      case ClientCommand.React react ->
          reactions.react(connection.userId(), react.messageId(), react.emojis());
      case ClientCommand.ForwardMessage forward ->
          forwards.forward(connection.userId(), forward.messageId(), forward.forward());
    };
  }
}
