package parley.group;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.conversation.History;
import parley.platform.ChatException;
import parley.platform.PictureReference;
import parley.platform.Text;
import parley.platform.json.JsonObject;

/**
 * A change of what a group is; what is empty is kept.
 *
 * @param changesPicture whether {@code picture} is to be written
 * @param picture the new reference, null to remove it
 */
public record GroupChange(
    Optional<String> title,
    boolean changesPicture,
    @Nullable String picture,
    Optional<History> history) {
  static final int MAX_TITLE = 100;

  /**
   * @throws ChatException VALIDATION_FAILED for a title that is not 1 to {@value #MAX_TITLE}
   *     characters or a picture that is no reference
   */
  public GroupChange {
    title = title.map(GroupChange::requireTitle);
    if (picture != null) {
      requirePicture(picture);
    }
  }

  /** Reads what a client sent. */
  public static GroupChange read(JsonObject json) {
    json.only("title", "picture", "history");
    return new GroupChange(
        json.optionalString("title"),
        json.has("picture"),
        json.optionalString("picture").orElse(null),
        json.optionalConstant("history", History.class));
  }

  /** A title without white space around it. */
  static String requireTitle(String title) {
    return Text.requireLine("title", title, MAX_TITLE);
  }

  static void requirePicture(String picture) {
    PictureReference.require("picture", picture);
  }
}
