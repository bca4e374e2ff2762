package parley.message;

import java.time.Instant;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * A message as stored.
 *
 * @param content what somebody wrote; of a system message what happened, in English
 * @param senderId who wrote it, or made the change that a system message tells of
 * @param seq its number in the conversation: 1, 2, 3 and so on without a gap
 * @param change what happened, if this is a system message
 * @param expiresAt when it disappears, if it does
 */
public record Message(
    MessageId id,
    String content,
    UserId senderId,
    ConversationId conversationId,
    Instant createdAt,
    long seq,
    Optional<ClientId> clientId,
    Optional<Change> change,
    Optional<Instant> expiresAt) {
  /** Reads the columns of the table messages. */
  static Message from(Row row) {
    return new Message(
        new MessageId(row.uuid("id")),
        row.string("content"),
        new UserId(row.uuid("sender_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.instant("created_at"),
        row.integer("seq"),
        row.optionalString("client_id").map(ClientId::new),
        row.optionalString("change").map(Change::parse),
        row.isNull("expires_at") ? Optional.empty() : Optional.of(row.instant("expires_at")));
  }

  @Override
  public String toString() {
    return "Message[" + id + ", seq " + seq + "]";
  }
}
