package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.conversation.ConversationSummary;
import parley.user.UserId;

/**
 * What a socket answers about a copy: everything but its content, because ten copies of the longest
 * content do not fit into a frame. The content comes with {@code message:new}, to the sender's
 * devices too.
 */
public record CopyAck(Copy message, ConversationSummary conversation) {
  /** A copy without its content. */
  public record Copy(
      MessageId id,
      UserId senderId,
      ConversationId conversationId,
      Instant createdAt,
      long seq,
      Optional<ClientId> clientId,
      Optional<Instant> expiresAt,
      Optional<Instant> editedAt,
      Optional<Instant> deletedAt,
      Optional<Boolean> forwarded) {}

  public static CopyAck of(SentMessage sent) {
    Message message = sent.message();
    return new CopyAck(
        new Copy(
            message.id(),
            message.senderId(),
            message.conversationId(),
            message.createdAt(),
            message.seq(),
            message.clientId(),
            message.expiresAt(),
            message.editedAt(),
            message.deletedAt(),
            message.forwarded()),
        sent.conversation());
  }
}
