package parley.platform;

import java.util.function.IntPredicate;

/**
 * The rules for text that clients send. The contract has the same ones as patterns; lengths are
 * those of the text as it was sent, in Unicode code points.
 *
 * <p>Nothing is changed but the white space around a text that is shown in one place, such as a
 * name: a message is kept as it was written.
 */
public final class Text {
  private static final int NONE = -1;

  private Text() {}

  /**
   * Checks a text that people read or that they type as a secret: content, a password, what is
   * searched for.
   *
   * @param field how the client knows it, for the message
   * @param least and {@code most}: bounds of its length
   * @throws ChatException VALIDATION_FAILED if it is out of bounds, shows nothing (it is blank to
   *     whoever reads it, whatever it is made of), or cannot be stored
   */
  public static String requireVisible(String field, String text, int least, int most) {
    requireStorable(field, text);
    requireLength(field, text, least, most);
    if (text.codePoints().allMatch(Characters.INVISIBLE::contains)) {
      throw ChatException.invalid(field + " must show something");
    }
    return text;
  }

  /**
   * Checks a text that stands in one line and in sentences with others, such as a name.
   *
   * @return the text without white space around it
   * @throws ChatException VALIDATION_FAILED as {@link #requireVisible}, and for controls, line
   *     breaks and controls of the direction that are not in pairs
   */
  public static String requireLine(String field, String text, int most) {
    requireVisible(field, text, 1, most);
    String stripped = strip(text);
    requireOrder(field, stripped, character -> false);
    return stripped;
  }

  /**
   * Checks a text of perhaps several lines, which may be empty.
   *
   * @return the text without white space around it
   * @throws ChatException VALIDATION_FAILED as {@link #requireLine}, but it may have line breaks
   *     and tabs
   */
  public static String requireLines(String field, String text, int most) {
    String stripped = strip(text);
    if (!stripped.isEmpty()) {
      requireVisible(field, text, 1, most);
    }
    requireLength(field, text, 0, most);
    requireOrder(field, stripped, character -> "\t\n\r\u2028\u2029".indexOf(character) >= 0);
    return stripped;
  }

  /**
   * Checks a text that is only given back.
   *
   * @throws ChatException VALIDATION_FAILED if it is longer than {@code most} or cannot be stored
   */
  public static String requireShort(String field, String text, int most) {
    requireStorable(field, text);
    requireLength(field, text, 0, most);
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

  /** The text without white space around it ({@link Characters#WHITE_SPACE}). */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    // All white space is in the Basic Multilingual Plane.
    while (start < end && Characters.WHITE_SPACE.contains(text.charAt(start))) {
      start++;
    }
    while (start < end && Characters.WHITE_SPACE.contains(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static void requireStorable(String field, String text) {
    if (text.indexOf('\0') >= 0) {
      throw ChatException.invalid(field + " must not contain a NUL character");
    }
    requireUnicode(field, text);
  }

  private static void requireLength(String field, String text, int least, int most) {
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) {
      throw ChatException.invalid(field + " must be " + least + " to " + most + " characters");
    }
  }

  /**
   * Refuses controls but those that are allowed, and controls of the direction (Unicode's UAX 9,
   * 2.1 to 2.4) that are not in pairs. The order of an unpaired one's characters goes on into what
   * stands behind the text. Pairs stand beside each other and not within each other, so that a
   * pattern can say it.
   */
  private static void requireOrder(String field, String text, IntPredicate allowed) {
    int open = NONE;
    for (int character : text.codePoints().toArray()) {
      boolean breaks = Characters.CONTROLS.contains(character);
      if (breaks && !allowed.test(character)) {
        throw ChatException.invalid(field + " must not contain control characters");
      }
      if (open == NONE && end(character) != NONE) {
        open = end(character);
      } else if (character == open) {
        open = NONE;
      } else if (isDirection(character) || (breaks && open != NONE)) {
        throw unpaired(field);
      }
    }
    if (open != NONE) {
      throw unpaired(field);
    }
  }

  /** What ends the embedding, override or isolate that this begins; none if it begins nothing. */
  private static int end(int character) {
    return switch (character) {
      case 0x202a, 0x202b, 0x202d, 0x202e -> 0x202c;
      case 0x2066, 0x2067, 0x2068 -> 0x2069;
      default -> NONE;
    };
  }

  private static boolean isDirection(int character) {
    return (character >= 0x202a && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static ChatException unpaired(String field) {
    return ChatException.invalid(
        field + " must have controls of the direction in pairs, none within another");
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
