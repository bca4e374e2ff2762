package parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.user.UserId;

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

  @ParameterizedTest
  @CsvSource({"x, false, 0, true", "y, false, 0, false", "x, true, 0, false", "x, false, 1, false"})
  void aRetryMustBeOfTheSameMessage(
      String content, boolean forwarded, long conversation, boolean same) {
    Draft retry =
        new Draft(
            new ConversationId(new UUID(0, conversation)),
            content,
            Optional.empty(),
            Optional.empty(),
            Mentions.NONE,
            forwarded);

    assertThat(retry.isOf(message(Optional.empty(), Optional.empty()))).isEqualTo(same);
  }

  @Test
  void whatWasEditedOrDeletedIsTakenForAnyRetryInItsConversation() {
    Draft retry = Draft.forwarding("y", new ConversationId(new UUID(0, 0)), Optional.empty());

    assertThat(retry.isOf(message(Optional.of(Instant.EPOCH), Optional.empty()))).isTrue();
    assertThat(retry.isOf(message(Optional.empty(), Optional.of(Instant.EPOCH)))).isTrue();
  }

  /** A message "x" in the conversation 0. */
  private static Message message(Optional<Instant> editedAt, Optional<Instant> deletedAt) {
    return new Message(
        new MessageId(new UUID(0, 1)),
        "x",
        new UserId(new UUID(0, 2)),
        new ConversationId(new UUID(0, 0)),
        Instant.EPOCH,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        editedAt,
        deletedAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
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
