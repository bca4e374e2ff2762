package parley.group;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * An invite, as the group's admins see it.
 *
 * @param token the secret, given once, to who makes the invite
 * @param maxUses how many may join by it, null for as many as the group takes
 * @param uses how many have
 */
public record Invite(
    InviteId id,
    ConversationId groupId,
    UserId createdBy,
    Optional<InviteToken> token,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Long maxUses,
    long uses) {
  static Invite from(Row row) {
    return new Invite(
        new InviteId(row.uuid("id")),
        new ConversationId(row.uuid("conversation_id")),
        new UserId(row.uuid("created_by")),
        Optional.empty(),
        row.instant("created_at"),
        row.instant("expires_at"),
        row.optionalInteger("max_uses").orElse(null),
        row.integer("uses"));
  }

  Invite with(InviteToken secret) {
    return new Invite(
        id, groupId, createdBy, Optional.of(secret), createdAt, expiresAt, maxUses, uses);
  }
}
