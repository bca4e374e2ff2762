package parley.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.user.Profile;

/**
 * A conversation as one participant sees it.
 *
 * @param otherUser who else takes part
 * @param lastMessage the newest message's content, null before the first
 * @param lastSeq the number of messages so far
 * @param lastReadSeq up to which of them this participant has read; the rest is unread
 */
public record Conversation(
    ConversationId id,
    Profile otherUser,
    @Nullable String lastMessage,
    @Nullable Instant lastMessageAt,
    long lastSeq,
    long lastReadSeq,
    Instant createdAt) {
  /** When something last happened in it. */
  Instant lastActivityAt() {
    return lastMessageAt == null ? createdAt : lastMessageAt;
  }
}
