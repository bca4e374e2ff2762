package parley.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class EmojisTest {
  /** Fully qualified ones, of every kind that Unicode's emoji-test.txt has. */
  private static final List<String> QUALIFIED =
      List.of(
          "👍",
          "👍🏽",
          "❤️",
          "☝🏽",
          "🕵️‍♂️",
          "🕵🏻‍♂️",
          "👁️‍🗨️",
          "🏳️‍⚧️",
          "🏴‍☠️",
          "👩‍❤️‍💋‍👨",
          "👩🏽‍❤️‍💋‍👨🏻",
          "👨‍👩‍👧‍👦",
          "🧑🏻‍🤝‍🧑🏿",
          "🇹🇷",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
          "1️⃣",
          "#️⃣",
          "©️",
          "🅰️",
          "🈂️",
          "🏻");

  @Test
  void theFullyQualifiedFormIsKeptAsItIs() {
    for (String emoji : QUALIFIED) {
      assertThat(Emoji.qualified(emoji)).as(emoji).contains(emoji);
    }
  }

  @Test
  void everySpellingThatLooksTheSameIsKeptInTheFullyQualifiedForm() {
    for (String emoji : QUALIFIED) {
      for (String spelling :
          List.of(
              emoji.replace("\ufe0f", ""),
              emoji.replaceFirst("\ufe0f", ""),
              emoji.replace('\ufe0f', '\ufe0e'),
              emoji + "\ufe0f",
              emoji + "\u200d",
              emoji + "\u200d\ufe0f")) {
        // Unless it is two selectors.
        if (!spelling.contains("\ufe0f\ufe0f\u200d\ufe0f")) {
          assertThat(Emoji.qualified(spelling)).as(spelling).isEqualTo(Optional.of(emoji));
        }
      }
    }
    assertThat(Emoji.qualified("☝\ufe0f🏽")).contains("☝🏽");
  }

  @Test
  void theFormOfAFormIsItselfAndHasABound() {
    for (String emoji : QUALIFIED) {
      assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(41);
    }
    String longest = "🕵\u200d🕵\u200d🕵\u200d🕵";
    String form = Emoji.qualified(longest).orElseThrow();
    assertThat(form.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(41);
    assertThat(Emoji.qualified(form)).contains(form);
  }

  @Test
  void anEmojiThatIsNewerThanThisJdkIsTaken() {
    // Reserved for emojis since Unicode 11; the first became one with Unicode 17.
    assertThat(Emoji.qualified("\ud83e\udeea")).contains("\ud83e\udeea");
    assertThat(Emoji.qualified("\ud83e\udeff")).contains("\ud83e\udeff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "#",
        "a",
        "é",
        "ok",
        "★",
        "♔",
        "👍👍",
        "👍 ",
        " 👍",
        "👍\u0301",
        "a\u20e3",
        "👍\u20e3",
        "\u200d👍",
        "\ufe0f",
        "\u200d",
        "👍\u200d\u200d👎",
        "👍\u200d🇹🇷",
        "🇹",
        "🇹🇷🇹",
        "🏴\udb40\udc67",
        "👨‍👩‍👧‍👦‍👦",
        "👍\u200d\u200d\u200d",
        "👍\0",
        "\ud83d",
        "👍\ud83d",
      })
  void whatIsNotOneEmojiIsNone(String text) {
    assertThat(Emoji.qualified(text)).isEmpty();
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new Emojis(List.of(text)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }

  @ParameterizedTest
  @CsvSource({"❤,❤️", "👍,👍\u200d", "1\u20e3,1️⃣", "👍,👍"})
  void twoSpellingsOfOneEmojiAreOneInTheSet(String one, String other) {
    String form = Emoji.qualified(one).orElseThrow();
    assertThat(new Emojis(List.of(one, "😀", other)).value()).containsExactly(form, "😀");
  }

  @Test
  void aSetIsSentAsUpToFive() {
    assertThat(new Emojis(List.of("😀", "😁", "😂", "🤣", "😃")).value()).hasSize(5);
    assertThat(new Emojis(List.of()).value()).isEmpty();
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new Emojis(List.of("😀", "😁", "😂", "🤣", "😃", "😄")))
        .withMessage("emojis must be 5 at most");
  }
}
