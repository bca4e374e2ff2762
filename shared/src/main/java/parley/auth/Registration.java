package parley.auth;

import java.util.Locale;
import java.util.regex.Pattern;
import parley.platform.Characters;
import parley.platform.ChatException;
import parley.platform.Text;
import parley.profile.ProfileChange;

/** What registering takes; the email is kept in lower case. */
public record Registration(String email, String password, String name) {
  private static final int MAX_EMAIL = 254;

  /** An outline only: whether an address exists, nothing but a message to it can tell. */
  private static final Pattern EMAIL = Pattern.compile("[^@]+@[^@.]+(\\.[^@.]+)+");

  /**
   * @throws ChatException VALIDATION_FAILED for an email that is none or has something invisible
   *     within, a password that is not 8 to 128 characters or a name that is not 1 to 100
   */
  public Registration {
    Text.requireVisible("email", email, 3, MAX_EMAIL);
    email = normalize(email);
    if (email.codePointCount(0, email.length()) > MAX_EMAIL
        || email.codePoints().anyMatch(Characters.INVISIBLE::contains)
        || !EMAIL.matcher(email).matches()) {
      throw ChatException.invalid("email must be an email address");
    }
    Text.requireVisible("password", password, 8, 128);
    name = ProfileChange.requireName(name);
  }

  /** The form in which emails are compared: in lower case, without white space around. */
  static String normalize(String email) {
    return Text.strip(email).toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "Registration[hidden]";
  }
}
