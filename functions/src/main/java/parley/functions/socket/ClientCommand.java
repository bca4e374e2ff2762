package parley.functions.socket;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.message.Draft;
import parley.message.Edit;
import parley.message.Forward;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.json.JsonObject;
import parley.platform.log.Invocation;
import parley.reaction.Emojis;
import parley.receipt.Progress;

/** What a client asks for over a socket, whatever frames it speaks. */
public sealed interface ClientCommand {
  /**
   * This conversation is open on this device now.
   *
   * @param markRead whether all of it is read by that; joining alone reads nothing
   */
  record JoinConversation(ConversationId conversationId, boolean markRead)
      implements ClientCommand {}

  /** This conversation is not open on this device any more. */
  record LeaveConversation(ConversationId conversationId) implements ClientCommand {}

  /** The user types in this conversation, or stops. */
  record Typing(ConversationId conversationId, boolean typing) implements ClientCommand {}

  /** Send a message. */
  record SendMessage(Draft draft) implements ClientCommand {}

  /** Give a message another content and, if asked for, other mentions. */
  record EditMessage(MessageId messageId, Edit edit) implements ClientCommand {}

  /** Delete a message for everyone. */
  record DeleteMessage(MessageId messageId) implements ClientCommand {}

  /** Delete a message for oneself. */
  record HideMessage(MessageId messageId) implements ClientCommand {}

  /** Replace what one reacts to a message with. */
  record React(MessageId messageId, Emojis emojis) implements ClientCommand {}

  /** Copy a message into other conversations. */
  record ForwardMessage(MessageId messageId, Forward forward) implements ClientCommand {}

  /** This user has received or read so much of a conversation. */
  record MoveReceipt(Progress progress) implements ClientCommand {}

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
      case "join_conversation" -> join(data);
      case "leave_conversation" -> new LeaveConversation(conversationId(data));
      case "typing" -> typing(JsonObject.from(data).only("conversationId", "typing"));
      case "send_message" -> new SendMessage(Draft.read(JsonObject.from(data)));
      case "edit_message" -> {
        JsonObject edit = JsonObject.from(data).only("messageId", "content", "mentions");
        yield new EditMessage(messageId(edit), Edit.read(edit));
      }
      case "delete_message" -> deletion(JsonObject.from(data).only("messageId", "for"));
      case "react" -> {
        JsonObject reaction = JsonObject.from(data).only("messageId", "emojis");
        yield new React(messageId(reaction), Emojis.read(reaction));
      }
      case "forward_message" -> {
        JsonObject forward = JsonObject.from(data).only("messageId", "conversationIds", "clientId");
        yield new ForwardMessage(messageId(forward), Forward.read(forward));
      }
      case "message_delivered" -> new MoveReceipt(progress(data, Progress::delivered));
      case "message_read" -> new MoveReceipt(progress(data, Progress::read));
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

  private static JoinConversation join(@Nullable Object data) {
    if (data instanceof String) {
      return new JoinConversation(conversationId(data), false);
    }
    JsonObject fields = JsonObject.from(data).only("conversationId", "markRead");
    return new JoinConversation(
        new ConversationId(Ids.parse("conversationId", fields.string("conversationId"))),
        fields.optionalFlag("markRead").orElse(false));
  }

  private static Progress progress(
      @Nullable Object data, BiFunction<ConversationId, Long, Progress> kind) {
    JsonObject fields = JsonObject.from(data).only("conversationId", "seq");
    ConversationId conversation =
        new ConversationId(Ids.parse("conversationId", fields.string("conversationId")));
    return kind.apply(conversation, fields.integer("seq"));
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
