package parley.profile;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;
import parley.user.Handle;
import parley.user.Profile;
import parley.user.UserId;

/**
 * A user as they see themselves.
 *
 * @param version as in {@link Profile}
 */
public record Account(
    UserId id,
    String email,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    Instant createdAt,
    Optional<Handle> handle,
    long version) {
  /** The columns that {@link #from} reads, of the row that the statement calls {@code users}. */
  static String columns(String users) {
    return Profile.columns(users, "") + ", " + users + ".email, " + users + ".created_at ";
  }

  static Account from(Row row) {
    Profile profile = Profile.from(row, "");
    return new Account(
        profile.id(),
        row.string("email"),
        profile.name(),
        profile.profileImage(),
        profile.aboutMe(),
        row.instant("created_at"),
        profile.handle(),
        profile.version());
  }

  /** As others see them. */
  Profile profile() {
    return new Profile(id, name, profileImage, aboutMe, handle, version);
  }
}
