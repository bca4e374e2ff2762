package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that may not be sent, over HTTP and over a socket, and those that only just may. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class MessageContentTest {
  private static final String EMOJI = "👋";

  private final Friends friends;
  private final Phone phone;

  MessageContentTest(Chat chat) {
    friends = Friends.meet(chat);
    phone = friends.ann().phone();
  }

  @AfterAll
  void disconnect() {
    phone.close();
  }

  static Stream<Arguments> badMessages() {
    return Stream.of(
        bad("nothing", "{}"),
        bad("no content", "{'conversationId': 'HERE'}"),
        bad("no conversation", "{'content': 'a'}"),
        bad("null as content", "{'conversationId': 'HERE', 'content': null}"),
        bad("a number as content", "{'conversationId': 'HERE', 'content': 7}"),
        bad("an object as content", "{'conversationId': 'HERE', 'content': {'text': 'a'}}"),
        bad("a list as content", "{'conversationId': 'HERE', 'content': ['a']}"),
        bad("an empty content", "{'conversationId': 'HERE', 'content': ''}"),
        bad("a blank content", "{'conversationId': 'HERE', 'content': ' \\n\\t'}"),
        bad(
            "a content of no-break spaces",
            "{'conversationId': 'HERE', 'content': '\u00a0\u2007'}"),
        bad("a content that looks empty", "{'conversationId': 'HERE', 'content': '\u200b\u2800'}"),
        bad("a Hangul filler", "{'conversationId': 'HERE', 'content': '\u3164'}"),
        bad("a control alone", "{'conversationId': 'HERE', 'content': '\\u001c'}"),
        bad("a NUL", "{'conversationId': 'HERE', 'content': 'a\\u0000b'}"),
        bad("half a pair, first", "{'conversationId': 'HERE', 'content': 'a\\ud83d'}"),
        bad("half a pair, last", "{'conversationId': 'HERE', 'content': '\\udc4ba'}"),
        bad("a pair turned", "{'conversationId': 'HERE', 'content': '\\udc4b\\ud83d'}"),
        bad("4001 letters", "{'conversationId': 'HERE', 'content': '" + "x".repeat(4001) + "'}"),
        bad("4001 emoji", "{'conversationId': 'HERE', 'content': '" + EMOJI.repeat(4001) + "'}"),
        bad("an unknown field", "{'conversationId': 'HERE', 'content': 'a', 'senderId': 'me'}"),
        bad("a number as id", "{'conversationId': 7, 'content': 'a'}"),
        bad("an id that is no UUID", "{'conversationId': 'general', 'content': 'a'}"),
        bad("an id cut short", "{'conversationId': '1-1-1-1-1', 'content': 'a'}"),
        bad("an id with a NUL", "{'conversationId': '\\u0000', 'content': 'a'}"),
        bad("an empty clientId", "{'conversationId': 'HERE', 'content': 'a', 'clientId': ''}"),
        bad("a clientId of 65", clientId("c".repeat(65))),
        bad("a clientId with a space", clientId("a b")),
        bad("a clientId with a NUL", clientId("\\u0000")),
        bad("a number as clientId", "{'conversationId': 'HERE', 'content': 'a', 'clientId': 7}"));
  }

  private static String clientId(String clientId) {
    return "{'conversationId': 'HERE', 'content': 'a', 'clientId': '" + clientId + "'}";
  }

  private static Arguments bad(String name, String message) {
    return Arguments.argumentSet(name, message.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void aMessageThatBreaksARuleIsRefusedBothWaysAndNotStored(String template) {
    String message = template.replace("HERE", friends.conversation());
    String id = UUID.randomUUID().toString();

    friends.ann().api().call("POST", "/messages", message).mustRefuse(400, "VALIDATION_FAILED");
    phone.send("{\"event\": \"send_message\", \"id\": \"" + id + "\", \"data\": " + message + "}");

    phone.await("the refusal", frame -> frame.answers(id)).mustRefuse("VALIDATION_FAILED");
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", EMOJI, "\u00e9", "e\u0301"})
  void contentIsCountedInCodePointsAndKeptAsItIs(String character) {
    int codePoints = character.codePointCount(0, character.length());
    String content = character.repeat(4000 / codePoints);
    Friends others = Friends.meet(friends.ann().chat());
    try (Phone bens = others.ben().phone();
        Phone anns = others.ann().phone()) {
      others.ann().send(others.conversation(), content).require(201);
      anns.say(others.conversation(), content).acked();

      bens.awaitCount("message:new", 2)
          .forEach(
              frame -> assertThat(frame.data().at("/message/content").asText()).isEqualTo(content));
      assertThat(others.ben().contents(others.conversation())).containsExactly(content, content);
    }
  }

  @Test
  void contentMayHoldWhateverJsonOrSqlQuote() {
    Friends others = Friends.meet(friends.ann().chat());
    String content = "'; drop table messages; -- :name ${x} \\ \" \u0001 \u2028 \n ?::uuid";

    others.ann().send(others.conversation(), content).require(201);

    assertThat(others.ben().contents(others.conversation())).containsExactly(content);
  }

  @Test
  void aFrameThatIsTooBigForTheGatewayClosesTheConnectionAndStoresNothing() {
    try (Phone other = friends.ann().phone()) {
      other.send(
          Json.write(
              Map.of(
                  "event",
                  "send_message",
                  "data",
                  Map.of(
                      "conversationId", friends.conversation(), "content", "x".repeat(131_072)))));

      assertThat(other.awaitClose()).isEqualTo(1009);
    }
    assertNothingStored();
  }

  private void assertNothingStored() {
    assertThat(friends.ben().history(friends.conversation())).isEmpty();
    assertThat(friends.ben().list("/conversations"))
        .singleElement()
        .satisfies(mine -> assertThat(mine.path("lastSeq").asLong()).isZero());
  }
}
