package parley.search;

import static java.lang.Character.COMBINING_SPACING_MARK;
import static java.lang.Character.ENCLOSING_MARK;
import static java.lang.Character.LETTER_NUMBER;
import static java.lang.Character.NON_SPACING_MARK;
import static java.lang.Character.OTHER_NUMBER;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** What Java knows of the characters that searches treat differently. */
final class Unicode {
  private Unicode() {}

  static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == NON_SPACING_MARK || type == COMBINING_SPACING_MARK || type == ENCLOSING_MARK;
  }

  static boolean isWord(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || isMark(point)
        || type == LETTER_NUMBER
        || type == OTHER_NUMBER;
  }

  /** Whether a character does not stand for others, as a ligature, a fraction or ™ does. */
  static boolean isSame(int point) {
    String text = Character.toString(point);
    return Normalizer.isNormalized(text, Form.NFKD)
        || Normalizer.normalize(text, Form.NFKD).isBlank();
  }

  static boolean isWithoutSpaces(int point) {
    return switch (Character.UnicodeScript.of(point)) {
      case HAN,
          HANGUL,
          HIRAGANA,
          KATAKANA,
          BOPOMOFO,
          YI,
          NUSHU,
          TANGUT,
          KHITAN_SMALL_SCRIPT,
          THAI,
          LAO,
          MYANMAR,
          KHMER,
          TAI_LE,
          NEW_TAI_LUE,
          TAI_THAM,
          TAI_VIET,
          AHOM,
          JAVANESE,
          BALINESE ->
          true;
      default -> point == 0x3099 || point == 0x309A || point == 0x30FC;
    };
  }
}
