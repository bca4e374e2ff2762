package parley.platform;

import java.util.regex.Pattern;

/**
 * References to pictures: an https address, or a key of the app's own store. So a picture is
 * nothing that a client could take for a script or for a path of its own machine.
 */
public final class PictureReference {
  public static final int MAX_LENGTH = 1_024;

  private static final Pattern FORM = Pattern.compile("https://[!-~]+|[A-Za-z0-9][A-Za-z0-9._/-]*");

  private PictureReference() {}

  /**
   * Checks a reference that a client sent.
   *
   * @param field how the client knows it, for the message
   * @throws ChatException VALIDATION_FAILED
   */
  public static void require(String field, String reference) {
    if (reference.length() > MAX_LENGTH || !FORM.matcher(reference).matches()) {
      throw ChatException.invalid(
          field
              + " must be an https address or a key of letters, digits and ._-/, of at most "
              + MAX_LENGTH
              + " characters");
    }
  }
}
