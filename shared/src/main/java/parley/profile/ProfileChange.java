package parley.profile;

import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.PictureReference;
import parley.platform.Text;
import parley.platform.json.JsonObject;
import parley.user.Handle;

/**
 * A change of one's profile.
 *
 * @param name the new name, empty to keep it
 * @param profileImage a reference to one's picture: an https address or a key of the app's own
 *     store
 */
public record ProfileChange(
    Optional<String> name, FieldChange aboutMe, FieldChange profileImage, FieldChange handle) {
  public static final int MAX_NAME = 100;
  public static final int MAX_ABOUT_ME = 500;

  /**
   * @throws ChatException VALIDATION_FAILED for a name that is not 1 to {@value #MAX_NAME} or a
   *     text of more than {@value #MAX_ABOUT_ME} characters, a picture that is no reference, or a
   *     handle against its rule
   */
  public ProfileChange {
    name = name.map(ProfileChange::requireName);
    if (aboutMe.value() != null) {
      aboutMe =
          new FieldChange(
              aboutMe.made(), Text.requireLines("aboutMe", aboutMe.value(), MAX_ABOUT_ME));
    }
    if (profileImage.value() != null) {
      PictureReference.require("profileImage", profileImage.value());
    }
    if (handle.value() != null) {
      new Handle(handle.value());
    }
  }

  /** Reads what a client sent. */
  public static ProfileChange read(JsonObject json) {
    json.only("name", "aboutMe", "profileImage", "handle");
    return new ProfileChange(
        json.optionalString("name"),
        FieldChange.read(json, "aboutMe"),
        FieldChange.read(json, "profileImage"),
        FieldChange.read(json, "handle"));
  }

  /**
   * A user's name, without white space around it.
   *
   * @throws ChatException VALIDATION_FAILED
   */
  public static String requireName(String name) {
    return Text.requireLine("name", name, MAX_NAME);
  }
}
