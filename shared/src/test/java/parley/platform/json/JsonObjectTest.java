package parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
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

  @Test
  void shortensALongUnknownNameWithoutCuttingACharacterInHalf() {
    JsonObject sent = Json.readObject("{\"" + "😀".repeat(100) + "\": 1}");
    assertInvalid(() -> sent.only("a"), "unknown field: " + "😀".repeat(40) + "...");
  }

  private static void assertInvalid(ThrowingCallable action, String message) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(action)
        .withMessage(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
