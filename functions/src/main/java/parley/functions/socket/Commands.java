package parley.functions.socket;

import java.time.Clock;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.conversation.ConversationId;
import parley.message.CopyAck;
import parley.message.EditService;
import parley.message.ForwardService;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.reaction.ReactionService;
import parley.receipt.ReceiptService;
import parley.typing.TypingService;

/** Calls the service that a command asks for, whatever frame it came in. */
public final class Commands {
  private final ConnectionService connections;
  private final MessageService messages;
  private final TypingService typings;
  private final EditService edits;
  private final ForwardService forwards;
  private final ReceiptService receipts;
  private final ReactionService reactions;
  private final Clock clock;

  public Commands(
      ConnectionService connections,
      MessageService messages,
      TypingService typings,
      EditService edits,
      ForwardService forwards,
      ReceiptService receipts,
      ReactionService reactions,
      Clock clock) {
    this.connections = connections;
    this.messages = messages;
    this.typings = typings;
    this.edits = edits;
    this.forwards = forwards;
    this.receipts = receipts;
    this.reactions = reactions;
    this.clock = clock;
  }

  /** What joining and leaving are answered. */
  record Focus(ConversationId conversationId) {}

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
        join(connection, join);
        yield new Focus(join.conversationId());
      }
      case ClientCommand.LeaveConversation leave -> {
        connections.leave(connection.userId(), connection.id(), leave.conversationId());
        yield new Focus(leave.conversationId());
      }
      case ClientCommand.Typing typing -> {
        typings.type(connection, typing.conversationId(), typing.typing());
        yield typing;
      }
      case ClientCommand.SendMessage send -> messages.send(connection.userId(), send.draft());
      case ClientCommand.EditMessage edit ->
          edits.edit(connection.userId(), edit.messageId(), edit.edit());
      case ClientCommand.DeleteMessage delete ->
          edits.delete(connection.userId(), delete.messageId());
      case ClientCommand.HideMessage hide -> edits.hide(connection.userId(), hide.messageId());
      case ClientCommand.React react ->
          reactions.react(connection.userId(), react.messageId(), react.emojis());
      case ClientCommand.ForwardMessage forward ->
          forwards.forward(connection.userId(), forward.messageId(), forward.forward()).stream()
              .map(CopyAck::of)
              .toList();
      case ClientCommand.MoveReceipt move -> receipts.move(connection.userId(), move.progress());
    };
  }

  /** Who marks all as read takes part: the one statement tells it for both. */
  private void join(Connection connection, ClientCommand.JoinConversation join) {
    ConversationId conversation = join.conversationId();
    if (join.markRead()) {
      connections.join(
          connection, conversation, () -> receipts.readAll(connection.userId(), conversation));
    } else {
      connections.join(connection, conversation);
    }
  }
}
