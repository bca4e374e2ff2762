package parley.star;

import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;
import parley.message.MessageId;

/**
 * One starred a message, or took that back: the event {@code message:starred}, for one's own
 * devices.
 */
public record Starred(MessageId messageId, ConversationId conversationId, boolean starred)
    implements ServerEvent {
  @Override
  public String name() {
    return "message:starred";
  }
}
