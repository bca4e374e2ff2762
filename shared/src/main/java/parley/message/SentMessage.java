package parley.message;

import parley.conversation.ConversationSummary;
import parley.delivery.ServerEvent;

/**
 * A message that was stored, with what it changed in the list of conversations: the answer to its
 * sender and, as the event {@code message:new}, what every connection of every participant gets.
 */
public record SentMessage(Message message, ConversationSummary conversation)
    implements ServerEvent {
  public static SentMessage of(Message message) {
    return new SentMessage(
        message,
        new ConversationSummary(
            message.conversationId(),
            ConversationSummary.preview(message.content()),
            message.createdAt()));
  }

  @Override
  public String name() {
    return "message:new";
  }
}
