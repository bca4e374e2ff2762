package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people react to messages with. */
@ExtendWith(SharedChat.class)
class ReactionTest {
  private final Chat chat;

  ReactionTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aReactionIsToldToAllWhoSeeTheMessageOnBothProtocols() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone bens = friends.ben().phone();
        SocketIoDevice device =
            SocketIoDevice.Kind.JAVASCRIPT.connect(chat, friends.ann().accessToken())) {
      device.awaitConnects(1);

      JsonNode acked =
          bens.request("react", Map.of("messageId", message, "emojis", List.of("👍", "❤️")))
              .acked();

      assertThat(acked.path("userId").asText()).isEqualTo(friends.ben().id());
      assertThat(acked.path("emojis")).isEqualTo(Json.read("[\"👍\", \"❤️\"]"));
      assertThat(bens.awaitEvent("message:reaction").data()).isEqualTo(acked);
      assertThat(device.awaitEvent("message:reaction")).isEqualTo(acked);

      JsonNode answer = device.ask("react", Map.of("messageId", message, "emojis", List.of("👍")));
      assertThat(answer.path("counts"))
          .isEqualTo(
              Json.read("[{\"emoji\": \"👍\", \"count\": 2}, {\"emoji\": \"❤️\", \"count\": 1}]"));
    }
    assertThat(reactions(friends.ann(), friends.conversation()))
        .isEqualTo(
            Json.read(
                """
                [{"emoji": "👍", "count": 2, "own": true},
                 {"emoji": "❤️", "count": 1, "own": false}]
                """));
    anns.catchUp(50);
    anns.mustBeUpToDate();
  }

  @Test
  void aSetReplacesTheOneBeforeAndAnEmptyOneTakesItBack() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");
    react(friends.ben(), message, "😀", "😁").require(200);
    react(friends.ben(), message, "😁", "😂").require(200);
    assertThat(emojis(friends.ann(), friends.conversation())).containsExactlyInAnyOrder("😁", "😂");

    try (Phone anns = friends.ann().phone()) {
      react(friends.ben(), message, "😁", "😂").require(200);
      assertThat(anns.everythingSoFar()).as("nothing has changed").isEmpty();
      react(friends.ben(), message).require(200);
      assertThat(anns.awaitEvent("message:reaction").data().path("counts")).isEmpty();
    }

    assertThat(friends.ann().history(friends.conversation()).getFirst().has("reactions")).isFalse();
  }

  @Test
  void anEmojiIsOneHoweverAClientSpellsIt() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");
    assertThat(react(friends.ann(), message, "❤", "❤️", "❤\u200d").require(200).path("emojis"))
        .isEqualTo(Json.read("[\"❤️\"]"));

    try (Phone anns = friends.ann().phone()) {
      assertThat(react(friends.ben(), message, "❤").require(200).path("counts"))
          .isEqualTo(Json.read("[{\"emoji\": \"❤️\", \"count\": 2}]"));
      anns.awaitEvent("message:reaction");
      react(friends.ben(), message, "❤️").require(200);
      assertThat(anns.everythingSoFar()).as("nothing has changed").hasSize(1);
    }

    assertThat(emojis(friends.ben(), friends.conversation())).containsExactly("❤️");
  }

  @Test
  void whatABlockedPersonReactsIsTheirsAlone() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");
    Mirror anns = new Mirror(friends.ann());
    friends.ann().block(friends.ben()).require(200);
    anns.catchUp(50);
    try (Phone annsPhone = friends.ann().phone();
        Phone bensPhone = friends.ben().phone()) {
      react(friends.ben(), message, "👎").require(200);
      bensPhone.awaitEvent("message:reaction");
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
    assertThat(emojis(friends.ben(), friends.conversation())).containsExactly("👎");
    assertThat(emojis(friends.ann(), friends.conversation())).isEmpty();
    react(friends.ann(), message, "👍").mustRefuse(409, "BLOCKED_BY_YOU");
    anns.catchUp(50);
    anns.mustBeUpToDate();
    friends.ann().unblock(friends.ben()).requireDone();
    assertThat(emojis(friends.ann(), friends.conversation())).as("it stays hidden").isEmpty();
    Mirror bens = new Mirror(friends.ben());
    bens.catchUp(50);
    try (Phone bensPhone = friends.ben().phone()) {
      assertThat(react(friends.ann(), message, "👍").require(200).path("counts")).hasSize(1);
      assertThat(bensPhone.everythingSoFar())
          .as("counts without their own would tell them of the block")
          .isEmpty();
    }
    assertThat(emojis(friends.ben(), friends.conversation())).containsExactlyInAnyOrder("👍", "👎");
    bens.catchUp(50);
    bens.mustBeUpToDate();
  }

  @Test
  void whoTookBackWhatTheyReactedWhileBlockedIsToldOfOthersAgain() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");
    friends.ann().block(friends.ben()).require(200);
    react(friends.ben(), message, "👎").require(200);
    react(friends.ben(), message).require(200);
    friends.ann().unblock(friends.ben()).requireDone();
    try (Phone bens = friends.ben().phone()) {
      JsonNode reacted = react(friends.ann(), message, "👍").require(200);
      assertThat(bens.awaitEvent("message:reaction").data()).isEqualTo(reacted);
    }
  }

  @Test
  void whatOneDoesNotSeeOrWasDeletedTakesNoReaction() {
    Team team = Team.meet(chat);
    Person mallory = Person.register(chat, "Mallory");
    String message = team.ann().sent(team.id(), "Hello");
    react(mallory, message, "👍").mustRefuse(404, "MESSAGE_NOT_FOUND");
    react(team.ben(), UUID.randomUUID().toString(), "👍").mustRefuse(404, "MESSAGE_NOT_FOUND");
    String system = team.ann().history(team.id()).getLast().path("id").asText();
    react(team.ben(), system, "👍").mustRefuse(400, "VALIDATION_FAILED");
    react(team.cem(), message, "👍").require(200);
    team.leave(team.cem()).requireDone();
    react(team.cem(), message, "👎").mustRefuse(404, "MESSAGE_NOT_FOUND");
    assertThat(react(team.ben(), message, "👍").require(200).at("/counts/0/count").asInt())
        .as("who left leaves theirs")
        .isEqualTo(2);

    team.ann().api().delete("/messages/" + message).require(200);

    react(team.ben(), message, "👍").mustRefuse(410, "MESSAGE_DELETED");
    assertThat(team.ann().history(team.id())).noneMatch(shown -> shown.has("reactions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok", "1", " ", "👍👍", "👍 ", "a👍", "★", "\u0000", "é", "\n"})
  void whatIsNoEmojiIsRefused(String text) {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");

    react(friends.ben(), message, text).mustRefuse(400, "VALIDATION_FAILED");
  }

  @RepeatedTest(3)
  void twoWhoReactAtOnceAreBothCounted() {
    Team team = Team.meet(chat);
    String message = team.ann().sent(team.id(), "Hello");

    List<Response> answers =
        Together.run(
            List.of(
                () -> react(team.ann(), message, "👍"),
                () -> react(team.ben(), message, "👍"),
                () -> react(team.cem(), message, "👍", "😀")));

    answers.forEach(answer -> answer.require(200));
    assertThat(answers)
        .extracting(answer -> answer.json().at("/counts/0/count").asInt())
        .as("each counts those before it")
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(reactions(team.ann(), team.id()).path(0).path("count").asInt()).isEqualTo(3);
  }

  @RepeatedTest(3)
  void ofTwoSetsOfOneUserAtOnceOneStays() {
    Friends friends = Friends.meet(chat);
    String message = friends.ann().sent(friends.conversation(), "Hello");

    Together.run(
            List.<Callable<Response>>of(
                () -> react(friends.ben(), message, "😀", "😁"),
                () -> react(friends.ben(), message, "👍", "👎")))
        .forEach(answer -> answer.require(200));

    assertThat(Set.copyOf(emojis(friends.ann(), friends.conversation())))
        .isIn(Set.of("😀", "😁"), Set.of("👍", "👎"));
  }

  @RepeatedTest(3)
  void aMessageTakesTwentyDifferentEmojisAlsoWhenManyReactAtOnce() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    Person eva = Person.register(chat, "Eva");
    team.ann().befriend(dan);
    team.ann().befriend(eva);
    team.add(team.ann(), dan, eva).require(201);
    String message = team.ann().sent(team.id(), "Hello");
    react(team.ann(), message, faces(0)).require(200);
    react(team.ben(), message, faces(1)).require(200);
    react(team.cem(), message, faces(2)).require(200);

    List<Response> answers =
        Together.run(
            List.of(() -> react(dan, message, faces(3)), () -> react(eva, message, faces(4))));

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(200, 409);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allMatch(answer -> answer.code().equals("TOO_MANY_REACTIONS"));
    assertThat(reactions(team.ann(), team.id())).hasSize(20);
    react(eva, message, faces(0)).require(200);
    assertThat(react(eva, message).status()).as("taking back is never too many").isEqualTo(200);
  }

  @RepeatedTest(3)
  void aReactionOfWhoLeavesIsCountedOrRefused() {
    Team team = Team.meet(chat);
    String message = team.ann().sent(team.id(), "Hello");
    List<Callable<Response>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String emoji = faces(i)[0];
      tasks.add(() -> react(team.ben(), message, emoji));
    }
    tasks.add(2, () -> team.leave(team.ben()));

    List<Response> answers = new ArrayList<>(Together.run(tasks));

    answers.remove(2).requireDone();
    assertThat(answers)
        .allMatch(answer -> answer.status() == 200 || answer.code().equals("MESSAGE_NOT_FOUND"));
  }

  private static Response react(Person person, String message, String... emojis) {
    return person
        .api()
        .put("/messages/" + message + "/reactions", Map.of("emojis", List.of(emojis)));
  }

  /** Five emojis, other ones for each number. */
  private static String[] faces(int number) {
    return IntStream.range(0, 5)
        .mapToObj(i -> Character.toString(0x1F600 + number * 5 + i))
        .toArray(String[]::new);
  }

  /** The reactions to the newest message. */
  private static JsonNode reactions(Person person, String conversation) {
    return person.history(conversation).getFirst().path("reactions");
  }

  private static List<String> emojis(Person person, String conversation) {
    return Json.items(reactions(person, conversation)).stream()
        .map(reaction -> reaction.path("emoji").asText())
        .toList();
  }
}
