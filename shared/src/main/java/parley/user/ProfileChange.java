package parley.user;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.Text;

/**
 * A change of one's profile.
 *
 * @param name the new name, empty to keep it
 * @param changesAboutMe whether {@code aboutMe} is to be written
 * @param aboutMe the new text, null to remove it
 */
public record ProfileChange(
    Optional<String> name, boolean changesAboutMe, @Nullable String aboutMe) {
  public static final int MAX_NAME = 100;
  public static final int MAX_ABOUT_ME = 500;

  /**
   * @throws ChatException VALIDATION_FAILED for a name that is not 1 to {@value #MAX_NAME} or a
   *     text of more than {@value #MAX_ABOUT_ME} characters
   */
  public ProfileChange {
    name = name.map(ProfileChange::requireName);
    if (aboutMe != null) {
      Text.require("aboutMe", aboutMe, 0, MAX_ABOUT_ME);
    }
  }

  /** A user's name, without white space around it. */
  public static String requireName(String name) {
    return Text.require("name", name.strip(), 1, MAX_NAME);
  }
}
