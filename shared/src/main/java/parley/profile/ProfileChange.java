package parley.profile;

import java.util.Optional;
import java.util.regex.Pattern;
import parley.platform.ChatException;
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
  public static final int MAX_PROFILE_IMAGE = 1024;

  /** Nothing that a client could take for a script or a path of its own machine. */
  private static final Pattern PROFILE_IMAGE =
      Pattern.compile("https://[!-~]+|[A-Za-z0-9][A-Za-z0-9._/-]*");

  /**
   * @throws ChatException VALIDATION_FAILED for a name that is not 1 to {@value #MAX_NAME} or a
   *     text of more than {@value #MAX_ABOUT_ME} characters, a picture that is no reference of up
   *     to {@value #MAX_PROFILE_IMAGE} characters, or a handle against its rule
   */
  public ProfileChange {
    name = name.map(ProfileChange::requireName);
    if (aboutMe.value() != null) {
      Text.require("aboutMe", aboutMe.value(), 0, MAX_ABOUT_ME);
    }
    if (profileImage.value() != null) {
      requireProfileImage(profileImage.value());
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

  /** A user's name, without white space around it. */
  public static String requireName(String name) {
    return Text.require("name", name.strip(), 1, MAX_NAME);
  }

  private static void requireProfileImage(String reference) {
    if (reference.length() > MAX_PROFILE_IMAGE || !PROFILE_IMAGE.matcher(reference).matches()) {
      throw ChatException.invalid(
          "profileImage must be an https address or a key of letters, digits and ._-/, of at most "
              + MAX_PROFILE_IMAGE
              + " characters");
    }
  }
}
