package parley.pin;

import java.time.Instant;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * That a message is pinned, by whom and since when.
 *
 * @param seq the message's, so that who clears the history knows whether it goes with it
 * @param expiresAt when the message disappears, and the pin with it, if it does
 */
public record Pin(
    MessageId messageId,
    ConversationId conversationId,
    long seq,
    Optional<Instant> expiresAt,
    UserId pinnedBy,
    Instant pinnedAt) {
  static Pin from(Row row) {
    return new Pin(
        new MessageId(row.uuid("message_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.integer("seq"),
        row.optionalInstant("expires_at"),
        new UserId(row.uuid("pinned_by")),
        row.instant("pinned_at"));
  }
}
