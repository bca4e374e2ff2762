package parley.star;

import java.time.Instant;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.platform.sql.Row;

/** That the reader has starred a message, and when. */
public record Star(MessageId messageId, ConversationId conversationId, Instant starredAt) {
  static Star from(Row row) {
    return new Star(
        new MessageId(row.uuid("message_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.instant("starred_at"));
  }
}
