package parley.message;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.json.JsonObject;

/**
 * A message that somebody wants to send.
 *
 * @param replyTo the message of the same conversation that it answers
 * @param mentions whom it mentions; only in a group
 * @param forwarded whether it is a copy of another message
 */
public record Draft(
    ConversationId conversationId,
    String content,
    Optional<ClientId> clientId,
    Optional<MessageId> replyTo,
    Mentions mentions,
    boolean forwarded) {
  public static final int MAX_CONTENT = 4_000;

  /**
   * @throws ChatException VALIDATION_FAILED for a content that is blank or longer than {@value
   *     #MAX_CONTENT} characters
   */
  public Draft {
    requireContent(content);
  }

  /** A copy of what somebody else may have written. */
  static Draft forwarding(
      String content, ConversationId conversation, Optional<ClientId> clientId) {
    return new Draft(conversation, content, clientId, Optional.empty(), Mentions.NONE, true);
  }

  /** Reads what a client sent, over HTTP or a socket. */
  public static Draft read(JsonObject json) {
    json.only("conversationId", "content", "clientId", "replyTo", "mentions");
    return new Draft(
        new ConversationId(Ids.parse("conversationId", json.string("conversationId"))),
        json.string("content"),
        json.optionalString("clientId").map(ClientId::new),
        json.optionalString("replyTo").map(id -> new MessageId(Ids.parse("replyTo", id))),
        Mentions.read(json).orElse(Mentions.NONE),
        false);
  }

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  static String requireContent(String content) {
    return Text.requireVisible("content", content, 1, MAX_CONTENT);
  }

  /**
   * Whether this was sent as that message; the order of the mentions does not matter. What was
   * edited or deleted since cannot be compared any more, and is taken for it.
   */
  boolean isOf(Message message) {
    boolean asSent = message.editedAt().isEmpty() && message.deletedAt().isEmpty();
    return message.conversationId().equals(conversationId)
        && (!asSent
            || (message.content().equals(content)
                && message.replyTo().equals(replyTo)
                && Mentions.of(message).equals(mentions)
                && message.forwarded().orElse(false) == forwarded));
  }

  @Override
  public String toString() {
    return "Draft[to " + conversationId + "]";
  }
}
