package parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;

class DraftTest {
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";

  @Test
  void readsWhatAClientSends() {
    Draft draft = read("\"content\": \" Hello \", \"clientId\": \"c-1\"");
    assertThat(draft.conversationId().value()).hasToString(ID);
    assertThat(draft.content()).isEqualTo(" Hello ");
    assertThat(draft.clientId()).contains(new ClientId("c-1"));
  }

  @Test
  void takesAClientIdThatIsMissingOrNullForNone() {
    assertThat(read("\"content\": \"x\"").clientId()).isEmpty();
    assertThat(read("\"content\": \"x\", \"clientId\": null").clientId()).isEmpty();
  }

  @Test
  void holdsTheBoundsOfTheContentInCharacters() {
    assertThat(read("\"content\": \"" + "😀".repeat(4000) + "\"").content()).hasSize(8000);
    assertInvalid("\"content\": \"" + "a".repeat(4001) + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\": \"\"",
        "\"content\": \" \\n\"",
        "\"content\": null",
        "\"content\": 7",
        "\"content\": [\"x\"]",
        "\"content\": \"a\\u0000\"",
        "\"content\": \"a\\ud83d\"",
        "\"clientId\": \"c\"",
        "\"content\": \"x\", \"seq\": 1",
        "\"content\": \"x\", \"clientId\": 7",
        "\"content\": \"x\", \"clientId\": \"\"",
      })
  void refusesWhatBreaksARule(String fields) {
    assertInvalid(fields);
  }

  @ParameterizedTest
  @CsvSource({"7", "''", "ada"})
  void refusesAConversationThatIsNoId(String id) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(
            () ->
                Draft.read(
                    Json.readObject("{\"conversationId\": \"" + id + "\", \"content\": \"x\"}")))
        .withMessage("conversationId must be a UUID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "é", "\0", "\u007f"})
  void aClientIdIsPrintableAscii(String id) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> new ClientId(id))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }

  @Test
  void aClientIdHasAtMost64Characters() {
    assertThat(new ClientId("~".repeat(64)).value()).hasSize(64);
    assertThatExceptionOfType(ChatException.class).isThrownBy(() -> new ClientId("~".repeat(65)));
  }

  @Test
  void showsNothingOfItsContentInLogs() {
    assertThat(read("\"content\": \"secret\"").toString()).doesNotContain("secret");
  }

  private static Draft read(String fields) {
    return Draft.read(Json.readObject("{\"conversationId\": \"" + ID + "\", " + fields + "}"));
  }

  private static void assertInvalid(String fields) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> read(fields))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }
}
