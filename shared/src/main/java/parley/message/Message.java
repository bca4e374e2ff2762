package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import parley.conversation.ConversationId;
import parley.platform.json.Json;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * A message as stored.
 *
 * @param content what somebody wrote; of a system message what happened, in English; of a deleted
 *     one nothing
 * @param senderId who wrote it, or made the change that a system message tells of
 * @param seq its number in the conversation: 1, 2, 3 and so on without a gap
 * @param change what happened, if this is a system message
 * @param expiresAt when it disappears, if it does
 * @param editedAt when its sender last changed it, if they did
 * @param deletedAt when it was deleted for everyone, if it was: nothing is left of what was written
 * @param replyTo the message of the same conversation that it answers, if it does; that one may be
 *     deleted by now, or not be there for every reader
 * @param mentions whom it mentions, if it mentions anybody; they were members of the group when
 *     they were first mentioned
 * @param forwarded true if it is a copy of another message, whose is not told, and nobody has
 *     edited it
 * @param reactions as one reader sees them, the most frequent first, if anybody has reacted; what
 *     is told to several readers at once leaves them out
 * @param sender who wrote it, where messages are read; events and {@code /sync}, which has people
 *     once for all their messages, leave it out
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
    Optional<Instant> expiresAt,
    Optional<Instant> editedAt,
    Optional<Instant> deletedAt,
    Optional<MessageId> replyTo,
    Optional<List<UserId>> mentions,
    Optional<Boolean> forwarded,
    Optional<List<Reaction>> reactions,
    Optional<Sender> sender) {
  /** What {@link #seen} reads besides the row {@code m} of messages, for the reader {@code :me}. */
  public static final String REACTIONS = " message_reactions(m.id, :me) as reactions ";

  /** What {@link #read} reads besides the row {@code m} of messages, for the reader {@code :me}. */
  public static final String READ = REACTIONS + "," + Sender.COLUMNS;

  /** The row of {@code users} that {@link #READ} names. */
  public static final String WRITER = " left join users w on w.id = m.sender_id ";

  /** Reads the columns of the table messages. */
  static Message from(Row row) {
    return from(row, Optional.empty(), Optional.empty());
  }

  /** Reads the columns of the table messages and {@link #REACTIONS}. */
  static Message seen(Row row) {
    return from(row, reactions(row), Optional.empty());
  }

  /** Reads the columns of the table messages and {@link #READ}. */
  public static Message read(Row row) {
    return from(row, reactions(row), Optional.of(Sender.from(row)));
  }

  private static Optional<List<Reaction>> reactions(Row row) {
    return row.optionalString("reactions").map(Reaction::parse);
  }

  private static Message from(
      Row row, Optional<List<Reaction>> reactions, Optional<Sender> sender) {
    return new Message(
        new MessageId(row.uuid("id")),
        row.string("content"),
        new UserId(row.uuid("sender_id")),
        new ConversationId(row.uuid("conversation_id")),
        row.instant("created_at"),
        row.integer("seq"),
        row.optionalString("client_id").map(ClientId::new),
        row.optionalString("change").map(Change::parse),
        row.optionalInstant("expires_at"),
        row.optionalInstant("edited_at"),
        row.optionalInstant("deleted_at"),
        row.optionalString("reply_to").map(id -> new MessageId(UUID.fromString(id))),
        row.optionalString("mentions").map(Message::users),
        Optional.of(row.flag("forwarded")).filter(flag -> flag),
        reactions,
        sender);
  }

  private static List<UserId> users(String json) {
    return Objects.requireNonNull((List<?>) Json.read(json)).stream()
        .map(id -> new UserId(UUID.fromString(String.valueOf(id))))
        .toList();
  }

  @Override
  public String toString() {
    return "Message[" + id + ", seq " + seq + "]";
  }
}
