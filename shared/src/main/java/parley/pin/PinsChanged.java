package parley.pin;

import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;
import parley.message.MessageId;
import parley.user.UserId;

/**
 * Somebody pinned a message, or took that back: the event {@code conversation:pins}, for everybody
 * who sees the message.
 */
public record PinsChanged(
    ConversationId conversationId, MessageId messageId, UserId userId, boolean pinned)
    implements ServerEvent {
  @Override
  public String name() {
    return "conversation:pins";
  }
}
