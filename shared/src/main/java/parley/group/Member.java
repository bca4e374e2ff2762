package parley.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.conversation.Role;
import parley.platform.sql.Row;
import parley.user.Profile;
import parley.user.UserId;

/**
 * Somebody in a group, as the other members see them.
 *
 * @param version as in {@link Profile}
 */
public record Member(
    UserId id,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    long version,
    Role role,
    Instant joinedAt) {
  static Member from(Row row) {
    Profile profile = Profile.from(row, "");
    return new Member(
        profile.id(),
        profile.name(),
        profile.profileImage(),
        profile.aboutMe(),
        profile.version(),
        Role.valueOf(row.string("role")),
        row.instant("joined_at"));
  }
}
