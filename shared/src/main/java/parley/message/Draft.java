package parley.message;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.json.JsonObject;
import parley.user.UserId;

/**
 * A message that somebody wants to send.
 *
 * @param replyTo the message of the same conversation that it answers
 * @param mentions whom it mentions, each once; only in a group
 * @param forwarded whether it is a copy of another message
 */
public record Draft(
    ConversationId conversationId,
    String content,
    Optional<ClientId> clientId,
    Optional<MessageId> replyTo,
    List<UserId> mentions,
    boolean forwarded) {
  public static final int MAX_CONTENT = 4_000;
  public static final int MAX_MENTIONS = 20;

  /**
   * @throws ChatException VALIDATION_FAILED for a content that is blank or longer than {@value
   *     #MAX_CONTENT} characters, and for more than {@value #MAX_MENTIONS} mentions
   */
  public Draft {
    requireContent(content);
    if (mentions.size() > MAX_MENTIONS) {
      throw ChatException.invalid("mentions must be " + MAX_MENTIONS + " at most");
    }
    mentions = mentions.stream().distinct().toList();
  }

  /** A copy of what somebody else may have written. */
  static Draft forwarding(
      String content, ConversationId conversation, Optional<ClientId> clientId) {
    return new Draft(conversation, content, clientId, Optional.empty(), List.of(), true);
  }

  /** Reads what a client sent, over HTTP or a socket. */
  public static Draft read(JsonObject json) {
    json.only("conversationId", "content", "clientId", "replyTo", "mentions");
    List<String> mentions = json.value("mentions") == null ? List.of() : json.strings("mentions");
    return new Draft(
        new ConversationId(Ids.parse("conversationId", json.string("conversationId"))),
        json.string("content"),
        json.optionalString("clientId").map(ClientId::new),
        json.optionalString("replyTo").map(id -> new MessageId(Ids.parse("replyTo", id))),
        mentions.stream().map(id -> new UserId(Ids.parse("mentions", id))).toList(),
        false);
  }

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  static String requireContent(String content) {
    return Text.requireVisible("content", content, 1, MAX_CONTENT);
  }

  /**
   * Whether this was sent as that message. What was edited or deleted since cannot be compared any
   * more, and is taken for it.
   */
  boolean isOf(Message message) {
    boolean asSent = message.editedAt().isEmpty() && message.deletedAt().isEmpty();
    return message.conversationId().equals(conversationId)
        && (!asSent
            || (message.content().equals(content)
                && message.replyTo().equals(replyTo)
                && message.mentions().orElse(List.of()).equals(mentions)
                && message.forwarded().orElse(false) == forwarded));
  }

  @Override
  public String toString() {
    return "Draft[to " + conversationId + "]";
  }
}
