package parley.user;

import java.util.regex.Pattern;
import parley.platform.ChatException;

/**
 * A name that one user has alone, whatever its case: 3 to 30 of the letters a to z, digits and
 * underscores, a letter first. It is ASCII so that no two can look alike.
 */
public record Handle(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,29}");

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public Handle {
    if (!FORM.matcher(value).matches()) {
      throw ChatException.invalid(
          "handle must be 3 to 30 letters a to z, digits and underscores, a letter first");
    }
  }
}
