package parley.message;

import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * Who wrote a message, as others see them now, whether or not they are still in the conversation.
 *
 * @param profileImage a reference to their picture, null if there is none
 * @param version that of {@link parley.user.Profile}
 */
public record Sender(UserId id, String name, @Nullable String profileImage, long version) {
  /** What {@link #from} reads, of the row {@code w} of {@code users}. */
  static final String COLUMNS =
      """
       w.name as sender_name, w.profile_image as sender_profile_image,
        w.profile_version as sender_profile_version
      """;

  static Sender from(Row row) {
    return new Sender(
        new UserId(row.uuid("sender_id")),
        row.string("sender_name"),
        row.optionalString("sender_profile_image").orElse(null),
        row.integer("sender_profile_version"));
  }
}
