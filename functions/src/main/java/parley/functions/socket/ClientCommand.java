package parley.functions.socket;

import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.message.Draft;
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

  /** The user types in this conversation, or stops. */
  record Typing(ConversationId conversationId, boolean typing) implements ClientCommand {}

  /** Send a message. */
  record SendMessage(Draft draft) implements ClientCommand {}

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
      case "typing" -> typing(JsonObject.from(data).only("conversationId", "typing"));
      case "send_message" -> new SendMessage(Draft.read(JsonObject.from(data)));
      default -> {
        // The name may be anything, a token even.
        Invocation.current().action("unknown event");
        throw new ChatException(ErrorCode.UNKNOWN_EVENT, "the server knows no such event");
      }
    };
  }

  private static Typing typing(JsonObject data) {
    if (!(data.value("typing") instanceof Boolean typing)) {
      throw ChatException.invalid("typing must be true or false");
    }
    return new Typing(
        new ConversationId(Ids.parse("conversationId", data.string("conversationId"))), typing);
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
