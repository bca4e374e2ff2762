package parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

class JsonObjectTest {
  private final JsonObject object =
      Json.readObject(
          """
          {"text": "x", "number": 7, "fraction": 7.5, "nothing": null, "object": {"a": 1}, "list": []}
          """);

  @Test
  void givesFieldsOfTheWantedType() {
    assertThat(object.string("text")).isEqualTo("x");
    assertThat(object.integer("number")).isEqualTo(7);
    assertThat(object.object("object").integer("a")).isEqualTo(1);
    assertThat(object.optionalString("text")).contains("x");
    assertThat(object.value("fraction")).isEqualTo(7.5);
  }

  @Test
  void treatsNullAsMissingButCanTellThemApart() {
    assertThat(object.optionalString("nothing")).isEmpty();
    assertThat(object.optionalString("absent")).isEmpty();
    assertThat(object.has("nothing")).isTrue();
    assertThat(object.has("absent")).isFalse();
  }

  @Test
  void namesTheFieldThatIsMissingOrOfTheWrongType() {
    assertInvalid(() -> object.string("absent"), "absent is required and must be a string");
    assertInvalid(() -> object.string("nothing"), "nothing is required and must be a string");
    assertInvalid(() -> object.string("number"), "number must be a string");
    assertInvalid(() -> object.optionalString("list"), "list must be a string");
    assertInvalid(() -> object.integer("text"), "text is required and must be an integer");
    assertInvalid(() -> object.integer("fraction"), "fraction is required and must be an integer");
    assertInvalid(() -> object.object("list"), "list is required and must be an object");
  }

  @Test
  void takesTheNameOfAConstantAndNothingLikeIt() {
    JsonObject sent = Json.readObject("{\"a\": \"UP\", \"b\": \"up\", \"c\": null, \"d\": 1}");
    assertThat(sent.constant("a", Choice.class)).isEqualTo(Choice.UP);
    assertThat(sent.optionalConstant("c", Choice.class)).isEmpty();
    assertInvalid(() -> sent.constant("b", Choice.class), "b must be UP or DOWN");
    assertInvalid(() -> sent.constant("c", Choice.class), "c must be UP or DOWN");
    assertInvalid(() -> sent.optionalConstant("b", Choice.class), "b must be UP or DOWN");
    assertInvalid(() -> sent.constant("d", Choice.class), "d must be a string");
  }

  private enum Choice {
    UP,
    DOWN
  }

  @Test
  void refusesFieldsThatAreNotKnown() {
    JsonObject sent = Json.readObject("{\"a\": 1, \"b\": 2}");
    assertThat(sent.only("a", "b", "c")).isSameAs(sent);
    assertInvalid(() -> sent.only("a"), "unknown field: b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "\u202e", "😀", "\\n"})
  void showsAnUnknownNameOnlyIfItIsPlain(String name) {
    JsonObject sent = Json.readObject("{\"" + name + "\": 1}");
    assertInvalid(() -> sent.only("a"), "there is an unknown field");
  }

  @Test
  void showsAnUnknownNameOnlyIfItIsShort() {
    JsonObject sent = Json.readObject("{\"" + "b".repeat(41) + "\": 1}");
    assertInvalid(() -> sent.only("a"), "there is an unknown field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "7.0", "7.000", "70e-1", "0.7e1", "7E0"})
  void anIntegerIsOneHoweverItIsWritten(String number) {
    JsonObject sent = Json.readObject("{\"a\": " + number + "}");
    assertThat(sent.integer("a")).isEqualTo(7);
    assertThat(sent.optionalInteger("a")).contains(7L);
    assertThat(sent.nullableInteger("a")).contains(7L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.5", "1e-1", "1e-99999999999", "0.1e-300", "9007199254740991.5"})
  void aFractionIsNoInteger(String number) {
    JsonObject sent = Json.readObject("{\"a\": " + number + "}");
    assertInvalid(() -> sent.integer("a"), "a is required and must be an integer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "-9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "-1e300",
        "1e999",
        "1e99999999999",
      })
  void anIntegerThatNotEveryClientReadsExactlyIsOutOfRange(String number) {
    JsonObject sent = Json.readObject("{\"a\": " + number + "}");
    assertInvalid(() -> sent.integer("a"), "a is out of range");
  }

  @Test
  void theGreatestAndTheSmallestIntegerAreInRange() {
    JsonObject sent = Json.readObject("{\"a\": 9007199254740991, \"b\": -9.007199254740991e15}");
    assertThat(sent.integer("a")).isEqualTo(Integers.MAX);
    assertThat(sent.integer("b")).isEqualTo(-Integers.MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "a\\ud83db"})
  void aStringThatIsNoTextIsRefused(String escaped) {
    JsonObject sent = Json.readObject("{\"a\": \"%1$s\", \"b\": [\"%1$s\"]}".formatted(escaped));
    assertInvalid(() -> sent.string("a"), "a must not contain half a surrogate pair");
    assertInvalid(() -> sent.optionalString("a"), "a must not contain half a surrogate pair");
    assertInvalid(() -> sent.strings("b"), "b must not contain half a surrogate pair");
  }

  private static void assertInvalid(ThrowingCallable action, String message) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(action)
        .withMessage(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
