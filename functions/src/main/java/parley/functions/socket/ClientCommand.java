package parley.functions.socket;

import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.message.Draft;
import parley.message.Forward;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.platform.log.Invocation;

/** What a client asks for over a socket, whatever frames it speaks. */
public sealed interface ClientCommand {
  /** This conversation is open on this device now. */
  record JoinConversation(ConversationId conversationId) implements ClientCommand {}

  /** This conversation is not open on this device any more. */
  record LeaveConversation(ConversationId conversationId) implements ClientCommand {}

  /** Send a message. */
  record SendMessage(Draft draft) implements ClientCommand {}

  /** Give a message another content. */
  record EditMessage(MessageId messageId, String content) implements ClientCommand {}

  /** Delete a message for everyone. */
  record DeleteMessage(MessageId messageId) implements ClientCommand {}

  /** Delete a message for oneself. */
  record HideMessage(MessageId messageId) implements ClientCommand {}

  /** Copy a message into other conversations. */
  record ForwardMessage(MessageId messageId, Forward forward) implements ClientCommand {}

  /**
   * Reads a command.
   *
   * @param event the event's name
   * @param data what came with it, as {@link parley.platform.json.Json#read} gives it
   * @throws ChatException UNKNOWN_EVENT, VALIDATION_FAILED or MALFORMED_JSON
   */
  static ClientCommand read(String event, @Nullable Object data) {
    Invocation.current().action(event);
    return switch (event) {
      case "join_conversation" -> new JoinConversation(conversationId(data));
      case "leave_conversation" -> new LeaveConversation(conversationId(data));
      case "send_message" -> new SendMessage(Draft.read(JsonObject.from(data)));
      case "edit_message" -> {
        JsonObject edit = JsonObject.from(data).only("messageId", "content");
        yield new EditMessage(messageId(edit), edit.string("content"));
      }
      case "delete_message" -> deletion(JsonObject.from(data).only("messageId", "for"));
      case "forward_message" -> {
        JsonObject forward = JsonObject.from(data).only("messageId", "conversationIds", "clientId");
        yield new ForwardMessage(messageId(forward), Forward.read(forward));
      }
      default -> {
        // The name may be anything, a token even.
        Invocation.current().action("unknown event");
        throw new ChatException(ErrorCode.UNKNOWN_EVENT, "the server knows no such event");
      }
    };
  }

  private static ClientCommand deletion(JsonObject deletion) {
    return switch (deletion.optionalString("for").orElse("everyone")) {
      case "everyone" -> new DeleteMessage(messageId(deletion));
      case "me" -> new HideMessage(messageId(deletion));
      default -> throw ChatException.invalid("for must be everyone or me");
    };
  }

  private static MessageId messageId(JsonObject data) {
    return new MessageId(Ids.parse("messageId", data.string("messageId")));
  }

  /** A conversation's id, bare or in an object. */
  private static ConversationId conversationId(@Nullable Object data) {
    String id =
        data instanceof String bare
            ? bare
            : JsonObject.from(data).only("conversationId").string("conversationId");
    return new ConversationId(Ids.parse("conversationId", id));
  }
}
