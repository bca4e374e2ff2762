package parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class JsonTest {
  @Test
  void readsEveryKindOfValue() {
    assertThat(Json.read("{\"a\": [1, -2.5, \"x\", true, false, null, {}]}"))
        .isEqualTo(Map.of("a", Arrays.asList(1L, -2.5, "x", true, false, null, Map.of())));
  }

  @Test
  void readsEscapesAsTheCharactersTheyStandFor() {
    assertThat(Json.read("\"\\u00e9\\n\\\"\\\\\\/\\ud83d\\ude00\"")).isEqualTo("é\n\"\\/😀");
  }

  @Test
  void leavesHalfASurrogatePairToTheRulesForText() {
    assertThat(Json.read("\"\\ud83d\"")).isEqualTo("\ud83d");
    assertThat(Json.read("\"\\u0000\"")).isEqualTo("\0");
  }

  @Test
  void readsIntegersOf64BitsHoweverTheyAreWritten() {
    assertThat(Json.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(Json.read("9.223372036854775807e18")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.read("[1.0, 7e2, 10.0, -0.0, 0e999999999]"))
        .isEqualTo(List.of(1L, 700L, 10L, 0L, 0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "1e999",
        "1e999999999",
        "1e99999999999",
        "1e-999999999",
        "1.5",
        "1.0000000000000000000000000001"
      })
  void readsOtherNumbersAsNoIntegerAndNeverWrapsThemAround(String number) {
    assertThat(Json.read(number)).isInstanceOf(Double.class);
  }

  @Test
  void readsUpTo16Levels() {
    assertThat(Json.read("[".repeat(16) + "]".repeat(16))).isInstanceOf(List.class);
    assertMalformed("[".repeat(17) + "]".repeat(17));
    assertMalformed("{\"a\":".repeat(17) + "1" + "}".repeat(17));
    assertMalformed("[".repeat(100_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "[1,]",
        "{} {}",
        "{} x",
        "1 2",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": 1, \"\\u0061\": 2}",
        "{\"a\": {\"b\": 1, \"b\": 2}}",
        "nul",
        "NaN",
        "Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "0x10",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "{\"a\\ud83d\": 1}",
        "\"unfinished",
        "// comment\n1",
        "/* comment */ 1",
        "\uFEFF{}",
        "123456789012345678901234567890123",
        "]",
      })
  void refusesWhatIsNoJsonOrAmbiguous(String text) {
    assertMalformed(text);
  }

  @Test
  void doesNotQuoteTheInputInItsErrors() {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Json.read("{\"password\": hunter2}"))
        .withMessageNotContaining("hunter2")
        .withMessageNotContaining("password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"{}\"", "null", "true"})
  void refusesAnythingElseWhereAnObjectIsWanted(String text) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Json.readObject(text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
  }

  private static void assertMalformed(String text) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Json.read(text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
  }
}
