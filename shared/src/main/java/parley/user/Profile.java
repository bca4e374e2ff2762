package parley.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;

/**
 * A user as others see them: never with an email.
 *
 * @param profileImage a reference to their picture, null if there is none
 * @param aboutMe what they say of themselves, null if nothing
 * @param handle the name that only they have, if they took one
 * @param version counts the changes of it: of two versions the one with the higher number is later
 */
public record Profile(
    UserId id,
    String name,
    @Nullable String profileImage,
    @Nullable String aboutMe,
    Optional<Handle> handle,
    long version) {
  /**
   * The columns that {@link #from} reads, for the list of a {@code select}.
   *
   * @param users what the statement calls the row of {@code users}
   * @param prefix put before each name; also of the row's alias, if it is one
   */
  public static String columns(String users, String prefix) {
    return """
        %1$s.id as %2$sid, %1$s.name as %2$sname, %1$s.profile_image as %2$sprofile_image,
        %1$s.about_me as %2$sabout_me, %1$s.handle as %2$shandle,
        %1$s.profile_version as %2$sprofile_version
        """
        .formatted(users, prefix);
  }

  /** Reads the {@link #columns} of this prefix. */
  public static Profile from(Row row, String prefix) {
    return new Profile(
        new UserId(row.uuid(prefix + "id")),
        row.string(prefix + "name"),
        row.optionalString(prefix + "profile_image").orElse(null),
        row.optionalString(prefix + "about_me").orElse(null),
        row.optionalString(prefix + "handle").map(Handle::new),
        row.integer(prefix + "profile_version"));
  }
}
