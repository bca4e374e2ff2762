package parley.user;

import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;

/**
 * A user as others see them: never with an email.
 *
 * @param profileImage a reference to their picture, null if there is none
 * @param aboutMe what they say of themselves, null if nothing
 */
public record Profile(
    UserId id, String name, @Nullable String profileImage, @Nullable String aboutMe) {
  /**
   * Reads the columns {@code <prefix>id}, {@code _name}, {@code _profile_image}, {@code _about_me}.
   */
  public static Profile from(Row row, String prefix) {
    return new Profile(
        new UserId(row.uuid(prefix + "id")),
        row.string(prefix + "name"),
        row.optionalString(prefix + "profile_image").orElse(null),
        row.optionalString(prefix + "about_me").orElse(null));
  }
}
