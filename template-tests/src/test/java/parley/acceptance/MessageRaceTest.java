package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens to one message at once: docs/features.md has each outcome. */
@ExtendWith(SharedChat.class)
class MessageRaceTest {
  private final Person ann;
  private final Person ben;
  private final String conversation;
  private final List<Mirror> mirrors;

  MessageRaceTest(Chat chat) {
    Friends friends = Friends.meet(chat);
    ann = friends.ann();
    ben = friends.ben();
    conversation = friends.conversation();
    mirrors = Stream.of(ann, ben).map(Mirror::new).toList();
  }

  @RepeatedTest(3)
  void whatIsDeletedWhileItsReaderBlocksIsDeletedForThemOrStays() {
    String message = begin(ben);

    atOnce(() -> ben.delete(message), () -> ann.block(ben)).forEach(answer -> answer.require(200));

    assertThat(ann.contents(conversation)).isIn(List.of("words"), List.of(""));
    assertThat(ben.contents(conversation)).containsExactly("");
    mustBeUpToDate();
  }

  @RepeatedTest(3)
  void whatItsWriterDeletesWhileTheyBlockIsDeletedForBothOrForNobody() {
    String message = begin(ann);

    Response deleted = atOnce(() -> ann.delete(message), () -> ann.block(ben)).getFirst();

    if (deleted.status() != 200) {
      deleted.mustRefuse(409, "BLOCKED_BY_YOU");
    }
    String left = deleted.status() == 200 ? "" : "words";
    assertThat(ann.contents(conversation)).containsExactly(left);
    assertThat(ben.contents(conversation)).containsExactly(left);
    mustBeUpToDate();
  }

  @RepeatedTest(3)
  void whatIsEditedWhileItsReaderHidesItIsHiddenFromThemAndEditedForTheOther() {
    String message = begin(ben);

    atOnce(() -> ben.edit(message, "edited"), () -> ann.deleteForMe(message))
        .forEach(answer -> answer.require(200));

    assertThat(ann.contents(conversation)).isEmpty();
    assertThat(ben.contents(conversation)).containsExactly("edited");
    mustBeUpToDate();
  }

  @RepeatedTest(3)
  void whoHidesWhatTheyEditHasEditedItFirstOrNotAtAll() {
    String message = begin(ben);

    Response edited =
        atOnce(() -> ben.edit(message, "edited"), () -> ben.deleteForMe(message)).getFirst();

    if (edited.status() != 200) {
      edited.mustRefuse(404, "MESSAGE_NOT_FOUND");
    }
    assertThat(ben.contents(conversation)).isEmpty();
    assertThat(ann.contents(conversation))
        .containsExactly(edited.status() == 200 ? "edited" : "words");
    mustBeUpToDate();
  }

  @RepeatedTest(3)
  void whatIsDeletedWhileItIsForwardedIsCopiedAsItWasOrNotAtAll() {
    String message = begin(ben);
    String group = Team.found(ann);
    Map<String, ?> targets = Map.of("conversationIds", List.of(conversation, group));

    List<Response> answers =
        atOnce(
            () -> ann.api().post("/messages/" + message + "/forward", targets),
            () -> ben.delete(message));

    Response forwarded = answers.getFirst();
    answers.getLast().require(200);
    if (forwarded.status() == 201) {
      assertThat(Json.items(forwarded.json()))
          .extracting(copy -> copy.at("/message/content").asText())
          .containsExactly("words", "words");
      assertThat(ben.contents(conversation)).containsExactlyInAnyOrder("words", "");
      assertThat(ann.contents(group).getFirst()).isEqualTo("words");
    } else {
      forwarded.mustRefuse(410, "MESSAGE_DELETED");
      assertThat(ben.contents(conversation)).containsExactly("");
      assertThat(ann.history(group)).hasSize(1);
    }
    mustBeUpToDate();
  }

  @RepeatedTest(3)
  void whatIsDeletedWhileItIsReactedToHasNoReactions() {
    mustLoseItsMark(
        message ->
            () ->
                ann.api()
                    .put("/messages/" + message + "/reactions", Map.of("emojis", List.of("👍"))));
  }

  @RepeatedTest(3)
  void whatIsDeletedWhileItIsPinnedIsPinnedNoMore() {
    mustLoseItsMark(message -> () -> ann.api().put("/messages/" + message + "/pin"));
  }

  @RepeatedTest(3)
  void whatIsDeletedWhileItIsStarredIsStarredNoMore() {
    mustLoseItsMark(message -> () -> ann.api().put("/messages/" + message + "/star"));
  }

  @RepeatedTest(3)
  void ofAPinAndItsTakingBackAtOnceBothSeeTheSame() {
    String message = begin(ben);
    String pin = "/messages/" + message + "/pin";
    ann.api().put(pin).require(200);

    List<Response> answers = atOnce(() -> ann.api().delete(pin), () -> ben.api().put(pin));

    answers.getFirst().requireDone();
    answers.getLast().require(200);
    assertThat(pins(ann)).isEqualTo(pins(ben));
    mustBeUpToDate();
  }

  private interface Marking {
    Callable<Response> of(String message);
  }

  private void mustLoseItsMark(Marking marking) {
    String message = begin(ben);

    List<Response> answers = atOnce(marking.of(message), () -> ben.delete(message));

    answers.getLast().require(200);
    if (answers.getFirst().status() != 200) {
      answers.getFirst().mustRefuse(410, "MESSAGE_DELETED");
    }
    for (Person person : List.of(ann, ben)) {
      assertThat(person.history(conversation)).hasSize(1).noneMatch(one -> one.has("reactions"));
      assertThat(pins(person)).isEmpty();
      assertThat(person.list("/messages/starred")).isEmpty();
    }
    mustBeUpToDate();
  }

  private List<JsonNode> pins(Person person) {
    return person.list("/conversations/" + conversation + "/pins");
  }

  /** Sends a message that both know. */
  private String begin(Person sender) {
    String message = sender.sent(conversation, "words");
    mirrors.forEach(mirror -> mirror.catchUp(50));
    return message;
  }

  private static List<Response> atOnce(Callable<Response> one, Callable<Response> other) {
    return Together.run(List.of(one, other));
  }

  private void mustBeUpToDate() {
    for (Mirror mirror : mirrors) {
      mirror.catchUp(50);
      mirror.mustBeUpToDate();
    }
  }
}
