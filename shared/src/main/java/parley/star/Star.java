package parley.star;

import java.time.Instant;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.platform.sql.Row;

/**
 * That the reader has starred a message, and when.
 *
 * @param seq the message's, so that who clears the history knows whether it goes with it
 * @param expiresAt when the message disappears, and the star with it, if it does
 */
public record Star(
    MessageId messageId,
    ConversationId conversationId,
    long seq,
    Optional<Instant> expiresAt,
    Instant starredAt) {
  static Star from(Row row) {
    return new Star(
        new MessageId(row.uuid("message_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.integer("seq"),
        row.optionalInstant("expires_at"),
        row.instant("starred_at"));
  }
}
