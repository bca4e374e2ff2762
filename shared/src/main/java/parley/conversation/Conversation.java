package parley.conversation;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;
import parley.user.Profile;

/**
 * A conversation as one participant sees it.
 *
 * @param otherUser who else takes part, if it is direct
 * @param group what makes it a group, if it is one
 * @param lastMessage the first {@value ConversationSummary#PREVIEW} characters of the newest
 *     message that they see, null if they see none
 * @param lastSeq the number of messages so far
 * @param lastReadSeq up to which of them nothing is unread for this participant
 * @param otherReceipt how far the other user is, if it is direct
 * @param visibleFromSeq only messages above it does this participant see
 * @param joinedSeq the number of messages when this participant came into it: a client that follows
 *     {@code /sync} gets what came later, and reads older messages in the history
 * @param disappearingSeconds after how long new messages disappear, null if they stay
 */
public record Conversation(
    ConversationId id,
    ConversationKind kind,
    Optional<Profile> otherUser,
    Optional<Group> group,
    @Nullable String lastMessage,
    @Nullable Instant lastMessageAt,
    long lastSeq,
    long lastReadSeq,
    Optional<OtherReceipt> otherReceipt,
    long visibleFromSeq,
    long joinedSeq,
    ParticipantSettings settings,
    @Nullable Long disappearingSeconds,
    Instant createdAt) {
  static Conversation from(Row row) {
    ConversationKind kind = ConversationKind.valueOf(row.string("kind"));
    return new Conversation(
        new ConversationId(row.uuid("id")),
        kind,
        kind == ConversationKind.DIRECT
            ? Optional.of(Profile.from(row, "other_"))
            : Optional.empty(),
        kind == ConversationKind.GROUP ? Optional.of(Group.from(row)) : Optional.empty(),
        row.optionalString("last_message").orElse(null),
        row.optionalInstant("last_message_at").orElse(null),
        row.integer("last_seq"),
        row.integer("last_read_seq"),
        OtherReceipt.from(row),
        row.integer("visible_from_seq"),
        row.integer("joined_seq"),
        ParticipantSettings.from(row),
        row.optionalInteger("disappearing_seconds").orElse(null),
        row.instant("created_at"));
  }
}
