package parley.platform;

/** The rules for text that clients send. */
public final class Text {
  private Text() {}

  /**
   * Checks a text that the database is to hold as it is.
   *
   * @param field how the client knows it, for the message
   * @param least and {@code most}: bounds of its length in Unicode code points
   * @throws ChatException VALIDATION_FAILED if it is out of bounds, only white space though it may
   *     not be empty, has a NUL character (which Postgres cannot store) or half a surrogate pair
   *     (which is no text)
   */
  public static String require(String field, String text, int least, int most) {
    if (text.indexOf('\0') >= 0) {
      throw ChatException.invalid(field + " must not contain a NUL character");
    }
    requireUnicode(field, text);
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most || (least > 0 && text.isBlank())) {
      throw ChatException.invalid(field + " must be " + least + " to " + most + " characters");
    }
    return text;
  }

  /**
   * Checks that a text is one of Unicode.
   *
   * @throws ChatException VALIDATION_FAILED if it has half a surrogate pair
   */
  public static String requireUnicode(String field, String text) {
    if (text.codePoints().anyMatch(Text::isSurrogate)) {
      throw ChatException.invalid(field + " must not contain half a surrogate pair");
    }
    return text;
  }

  /**
   * Whether a text can be sent and stored at all: without a NUL character, which Postgres cannot
   * store, and without half a surrogate pair, which UTF-8 cannot write.
   */
  public static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && text.codePoints().noneMatch(Text::isSurrogate);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
