package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.user.UserId;

/**
 * A message as stored.
 *
 * @param seq its number in the conversation: 1, 2, 3 and so on without a gap
 */
public record Message(
    MessageId id,
    String content,
    UserId senderId,
    ConversationId conversationId,
    Instant createdAt,
    long seq,
    Optional<ClientId> clientId) {
  @Override
  public String toString() {
    return "Message[" + id + ", seq " + seq + "]";
  }
}
