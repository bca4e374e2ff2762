package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts on a socket that are no frames: each is answered, and the connection stays open. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class MalformedFrameTest {
  private final Person ann;
  private final Phone phone;

  MalformedFrameTest(Chat chat) {
    ann = Person.register(chat, "Ann");
    phone = ann.phone();
  }

  @AfterAll
  void disconnect() {
    phone.close();
  }

  static Stream<String> malformed() {
    return Stream.of(
        "hello",
        "{",
        "[]",
        "null",
        "42",
        "42[\"send_message\",{}]",
        "{\"event\": \"a\"} {}",
        "{\"event\": \"a\", \"event\": \"b\"}",
        "{\"event\": \"send_message\", \"data\": " + "[".repeat(20) + "]".repeat(20) + "}",
        "[".repeat(30_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aTextThatIsNoFrameIsAnsweredByAnErrorEvent(String text) {
    assertThat(errorEvent(text)).isEqualTo("MALFORMED_JSON");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{}; VALIDATION_FAILED",
        "{\"event\": 7}; VALIDATION_FAILED",
        "{\"event\": null}; VALIDATION_FAILED",
        "{\"event\": \"send_message\", \"token\": \"a\"}; VALIDATION_FAILED",
        "{\"event\": \"send_message\", \"id\": 1.5}; VALIDATION_FAILED",
        "{\"event\": \"send_message\", \"id\": {}}; VALIDATION_FAILED",
        "{\"event\": \"send_message\", \"id\": true}; VALIDATION_FAILED",
        "{\"event\": \"no_such_event\"}; UNKNOWN_EVENT",
        "{\"event\": \"\"}; UNKNOWN_EVENT",
        "{\"event\": \"message:new\"}; UNKNOWN_EVENT",
        "{\"event\": \"$connect\"}; UNKNOWN_EVENT",
        "{\"event\": \"$disconnect\"}; UNKNOWN_EVENT",
        "{\"event\": \"send_message\"}; MALFORMED_JSON",
        "{\"event\": \"send_message\", \"data\": 7}; MALFORMED_JSON",
        "{\"event\": \"join_conversation\"}; MALFORMED_JSON",
        "{\"event\": \"join_conversation\", \"data\": \"general\"}; VALIDATION_FAILED",
        "{\"event\": \"join_conversation\", \"data\": {\"id\": \"a\"}}; VALIDATION_FAILED",
        "{\"event\": \"leave_conversation\", \"data\": [1]}; MALFORMED_JSON",
      },
      delimiter = ';')
  void aFrameThatBreaksARuleIsAnsweredByAnErrorEvent(String text, String code) {
    assertThat(errorEvent(text)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"event\": 7, \"id\": \"ID\"}",
        "{\"id\": \"ID\"}",
        "{\"event\": \"send_message\", \"id\": \"ID\", \"token\": \"a\"}",
      },
      delimiter = ';')
  void anErrorIsAnsweredUnderTheIdOfItsFrameEvenIfTheRestIsWrong(String template) {
    String id = "request " + template.hashCode();
    phone.send(template.replace("ID", id));

    phone.await("the error", frame -> frame.answers(id)).mustRefuse("VALIDATION_FAILED");
  }

  @Test
  void anIdThatIsTooLongIsRefused() {
    assertThat(errorEvent(Json.write(Map.of("event", "join_conversation", "id", "i".repeat(65)))))
        .isEqualTo("VALIDATION_FAILED");
  }

  /** Sends a text and gives the code of the one error event that it brings. */
  private String errorEvent(String text) {
    int before = phone.received("error").size();
    phone.send(text);
    Frame error = phone.awaitCount("error", before + 1).getLast();
    assertThat(error.json().has("id")).isFalse();
    error.mustRefuse(error.code());
    phone.everythingSoFar();
    assertThat(phone.received("error")).as("one answer").hasSize(before + 1);
    assertThat(phone.isOpen()).isTrue();
    return error.code();
  }
}
