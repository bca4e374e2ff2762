package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @Test
  void countsCharactersAndNotTheirParts() {
    assertThat(Text.require("name", "😀".repeat(10), 1, 10)).hasSize(20);
    assertInvalid("😀".repeat(11), 1, 10);
  }

  @Test
  void holdsTheBounds() {
    assertThat(Text.require("name", "ab", 2, 3)).isEqualTo("ab");
    assertThat(Text.require("name", "abc", 2, 3)).isEqualTo("abc");
    assertInvalid("a", 2, 3);
    assertInvalid("abcd", 2, 3);
    assertThat(Text.require("name", "", 0, 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n ", "\u2003"})
  void refusesWhiteSpaceAloneWhereSomethingMustBe(String text) {
    assertInvalid(text, 1, 10);
  }

  @Test
  void acceptsWhiteSpaceAloneWhereNothingMustBe() {
    assertThat(Text.require("aboutMe", " ", 0, 10)).isEqualTo(" ");
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
    assertInvalid(text, 0, 10);
  }

  @Test
  void doesNotQuoteTheTextInItsErrors() {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Text.require("content", "secret", 10, 20))
        .withMessage("content must be 10 to 20 characters");
  }

  private static void assertInvalid(String text, int least, int most) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Text.require("name", text, least, most))
        .withMessageStartingWith("name must ")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
