package parley.pin;

import java.time.Instant;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.platform.sql.Row;
import parley.user.UserId;

/** That a message is pinned, by whom and since when. */
public record Pin(
    MessageId messageId, ConversationId conversationId, UserId pinnedBy, Instant pinnedAt) {
  static Pin from(Row row) {
    return new Pin(
        new MessageId(row.uuid("message_id")),
        new ConversationId(row.uuid("conversation_id")),
        new UserId(row.uuid("pinned_by")),
        row.instant("pinned_at"));
  }
}
