package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @Test
  void countsCharactersAndNotTheirParts() {
    assertThat(Text.requireVisible("content", "😀".repeat(10), 1, 10)).hasSize(20);
    assertInvalid(() -> Text.requireVisible("content", "😀".repeat(11), 1, 10));
  }

  @Test
  void holdsTheBounds() {
    assertThat(Text.requireVisible("password", "ab", 2, 3)).isEqualTo("ab");
    assertThat(Text.requireVisible("password", "abc", 2, 3)).isEqualTo("abc");
    assertInvalid(() -> Text.requireVisible("password", "a", 2, 3));
    assertInvalid(() -> Text.requireVisible("password", "abcd", 2, 3));
    assertThat(Text.requireLines("aboutMe", "", 3)).isEmpty();
    assertInvalid(() -> Text.requireLines("aboutMe", "    ", 3));
    assertThat(Text.requireShort("id", "abc", 3)).isEqualTo("abc");
    assertInvalid(() -> Text.requireShort("id", "abcd", 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t\n ",
        "\u00a0",
        "\u2003",
        "\u2007",
        "\u202f",
        "\ufeff",
        "\u001c",
        "\u0085",
        "\u0007",
        "\u200b",
        "\u200d\ufe0f",
        "\u2800",
        "\u3164",
        "\u115f\u1160",
        "\uffa0",
        "\u00ad",
        "\u034f",
        "\u2063",
        "\udb40\udc67",
        "\ud834\udd59",
        "\u202e\u202c",
        " \u200b\u2800\u3164\n"
      })
  void refusesWhatShowsNothing(String text) {
    assertInvalid(() -> Text.requireVisible("content", text, 1, 10));
    assertInvalid(() -> Text.requireLine("name", text, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", " x ", "\u200bx", "❤️", "نص\u200cها", "\u0301", "\u0600", "\ue000"})
  void takesWhatShowsSomething(String text) {
    assertThat(Text.requireVisible("content", text, 1, 10)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0b",
        "\0",
        "a\ud83d",
        "\ud83d",
        "\ude00a",
        "\ude00\ud83d",
        "\ud83d\ud83d\ude00"
      })
  void refusesWhatTheDatabaseCannotHold(String text) {
    assertThat(Text.isStorable(text)).isFalse();
    assertInvalid(() -> Text.requireVisible("content", text, 0, 10));
    assertInvalid(() -> Text.requireLine("name", text, 10));
    assertInvalid(() -> Text.requireLines("aboutMe", text, 10));
    assertInvalid(() -> Text.requireShort("id", text, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\u0007",
        "a\u001c",
        "a\u007f",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u202e",
        "a\u202cb",
        "\u2067a",
        "a\u2069",
        "\u202ea\u2069",
        "\u2067a\u202c",
        "\u2067\u202ea\u202c\u2069",
        "\u2067\u2067a\u2069\u2069",
      })
  void aLineHasNoControlsAndNoUnpairedDirection(String text) {
    assertInvalid(() -> Text.requireLine("name", text, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "Ada\u00a0L.",
        "\u2067עדה\u2069",
        "\u202bעדה\u202c \u202dAda\u202c",
        "\u2068\u2069a",
        "عدا\u200f",
        "👨‍👩‍👧",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿"
      })
  void aLineMayHaveWhatNamesAreWrittenWith(String text) {
    assertThat(Text.requireLine("name", text, 100)).isEqualTo(text);
  }

  @Test
  void aTextOfSeveralLinesHasTheRuleOfALineOtherwise() {
    String text = "Ada\n\tLovelace\r\n\u2067עדה\u2069\u2028.";
    assertThat(Text.requireLines("aboutMe", text, 100)).isEqualTo(text);
    assertInvalid(() -> Text.requireLines("aboutMe", "a\u0007", 100));
    assertInvalid(() -> Text.requireLines("aboutMe", "a\u202e", 100));
    assertInvalid(() -> Text.requireLines("aboutMe", "\u202ea\n\u202c", 100));
    assertInvalid(() -> Text.requireLines("aboutMe", "\u3164", 100));
    assertThat(Text.requireLines("aboutMe", " \n\u00a0", 100)).isEmpty();
  }

  @Test
  void whiteSpaceIsThatOfUnicodeAndEcmaScript() {
    Pattern unicode = Pattern.compile("\\p{IsWhite_Space}");
    assertThat(
            codePoints()
                .filter(
                    character ->
                        Characters.WHITE_SPACE.contains(character)
                            != (unicode.matcher(Character.toString(character)).matches()
                                || character == 0xfeff)))
        .isEmpty();
  }

  @Test
  void whiteSpaceOfEveryKindIsRemovedFromBothEndsAndNowhereElse() {
    assertThat(
            codePoints()
                .filter(Characters.WHITE_SPACE::contains)
                .mapToObj(Character::toString)
                .filter(
                    space ->
                        !Text.strip(space + "a" + space + "b" + space).equals("a" + space + "b")))
        .isEmpty();
    assertThat(Text.strip(" \u00a0\ufeff\u3000 ")).isEmpty();
    assertThat(Text.strip("\u200b❤️")).isEqualTo("\u200b❤️");
    assertThat(Text.requireLine("name", "\u3000\t Ada\u00a0\n\ufeff", 10)).isEqualTo("Ada");
  }

  /**
   * Of the format characters (Cf) only these show something: they stand around a number or below a
   * word.
   */
  @Test
  void everyControlAndEveryFormatCharacterIsInvisible() {
    Pattern shown =
        Pattern.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\\x{110bd}\\x{110cd}]");
    assertThat(
            codePoints()
                .filter(
                    character ->
                        switch (Character.getType(character)) {
                          case Character.CONTROL,
                              Character.FORMAT,
                              Character.SPACE_SEPARATOR,
                              Character.LINE_SEPARATOR,
                              Character.PARAGRAPH_SEPARATOR ->
                              true;
                          default -> false;
                        })
                .filter(character -> !shown.matcher(Character.toString(character)).matches())
                .filter(character -> !Characters.INVISIBLE.contains(character))
                .mapToObj(Integer::toHexString))
        .isEmpty();
  }

  @Test
  void lettersDigitsMarksAndSignsAreVisible() {
    assertThat(
            codePoints()
                .filter(Character::isDefined)
                .filter(Characters.INVISIBLE::contains)
                .filter(
                    character ->
                        switch (Character.getType(character)) {
                          case Character.CONTROL,
                              Character.FORMAT,
                              Character.SPACE_SEPARATOR,
                              Character.LINE_SEPARATOR,
                              Character.PARAGRAPH_SEPARATOR ->
                              false;
                          default -> true;
                        })
                .filter(character -> !(character >= 0xfe00 && character <= 0xfe0f))
                .filter(character -> !(character >= 0xe0100 && character <= 0xe01ef))
                .mapToObj(Integer::toHexString))
        .as("but variation selectors, fillers and blanks")
        .containsExactly(
            "34f", "115f", "1160", "17b4", "17b5", "180b", "180c", "180d", "180f", "2800", "3164",
            "ffa0", "13440", "13441", "13442", "16fe4", "1d159");
  }

  @Test
  void doesNotQuoteTheTextInItsErrors() {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Text.requireVisible("content", "secret", 10, 20))
        .withMessage("content must be 10 to 20 characters");
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Text.requireLine("name", "secret\u202e", 20))
        .withMessage("name must have controls of the direction in pairs, none within another");
  }

  private static IntStream codePoints() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT);
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(call)
        .withMessageContaining(" must ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
