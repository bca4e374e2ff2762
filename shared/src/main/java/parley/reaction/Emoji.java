package parley.reaction;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What counts as one emoji, and which of its spellings is kept (UTS #51, Unicode Emoji).
 *
 * <p>An emoji is a flag, a keycap, a colour of skin, or up to four pictures joined by U+200D, each
 * perhaps with a colour of skin. Every sequence that Unicode recommends is one of these. A picture
 * is a character that Unicode lists as an emoji ({@code ©} too), or one that it reserves for emojis
 * to come: those reach a client years before they reach this JDK.
 *
 * <p>The contract has the same rule as a pattern without properties, and a test holds the two
 * together.
 */
final class Emoji {
  private static final String SELECTOR = "[\\ufe0e\\ufe0f]?";
  private static final String SKIN = "[\\x{1f3fb}-\\x{1f3ff}]";
  private static final String PICTURE =
      "[[\\p{IsEmoji}&&[^0-9#*\\x{1f1e6}-\\x{1f1ff}\\x{1f3fb}-\\x{1f3ff}]]"
          + "[\\p{IsExtended_Pictographic}&&\\p{Cn}]]";
  private static final String ELEMENT = PICTURE + SELECTOR + SKIN + "?" + SELECTOR;

  private static final Pattern EMOJI =
      Pattern.compile(
          "(?:[\\x{1f1e6}-\\x{1f1ff}]{2}"
              + "|[0-9#*]"
              + SELECTOR
              + "\\u20e3"
              // A flag of a part of a country, spelled out in letters that nobody sees.
              + "|\\x{1f3f4}[\\x{e0030}-\\x{e0039}\\x{e0061}-\\x{e007a}]{3,6}\\x{e007f}"
              + "|"
              + SKIN
              + "|"
              + ELEMENT
              + "(?:\\u200d"
              + ELEMENT
              + "){0,3}"
              + ")[\\u200d\\ufe0e\\ufe0f]{0,2}");

  private static final Pattern SELECTORS =
      Pattern.compile("[\\u200d\\ufe0e\\ufe0f]+$|[\\ufe0e\\ufe0f]");

  /**
   * Characters that are shown as text unless a selector follows, except before a colour of skin.
   */
  private static final Pattern SHOWN_AS_TEXT =
      Pattern.compile("[\\p{IsEmoji}&&\\P{IsEmoji_Presentation}](?!" + SKIN + ")");

  private Emoji() {}

  /**
   * The fully qualified form of an emoji (UTS #51, ED-18): with U+FE0F after each character that
   * needs it to be shown as a picture, and no joiner at its end. Spellings that look the same have
   * the same form, of 41 bytes of UTF-8 at most.
   *
   * @return empty if the text is not one emoji
   */
  static Optional<String> qualified(String text) {
    return EMOJI.matcher(text).matches()
        ? Optional.of(
            SHOWN_AS_TEXT.matcher(SELECTORS.matcher(text).replaceAll("")).replaceAll("$0\ufe0f"))
        : Optional.empty();
  }
}
