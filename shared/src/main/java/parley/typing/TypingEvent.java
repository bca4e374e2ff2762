package parley.typing;

import java.time.Instant;
import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;
import parley.user.UserId;

/**
 * Somebody types or stops: to the others who have joined the conversation. A message by the same
 * user ends it too.
 *
 * @param expiresAt when it is over unless it is told again
 */
public record TypingEvent(
    ConversationId conversationId, UserId userId, boolean typing, Instant expiresAt)
    implements ServerEvent {
  @Override
  public String name() {
    return "typing";
  }
}
