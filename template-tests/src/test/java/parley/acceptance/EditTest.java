package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Editing a message. */
@ExtendWith(SharedChat.class)
class EditTest {
  private final Chat chat;

  EditTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void anEditIsToldToEveryConnectionAndKeptInEveryView() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    Person ben = friends.ben();
    String id = sent(ann, friends.conversation(), "helo");
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone()) {
      JsonNode edited = ann.edit(id, "hello").require(200);

      assertThat(edited.path("content").asText()).isEqualTo("hello");
      assertThat(edited.has("editedAt")).isTrue();
      for (Phone phone : List.of(annsPhone, bensPhone)) {
        JsonNode told = phone.awaitEvent("message:updated").data();
        assertThat(told.path("message")).isEqualTo(edited);
        assertThat(told.at("/conversation/lastMessage").asText()).isEqualTo("hello");
      }
      assertThat(ben.history(friends.conversation())).containsExactly(edited);
    }
    assertThat(ben.list("/conversations").getFirst().path("lastMessage").asText())
        .isEqualTo("hello");
    bens.catchUp(50);
    bens.mustBeUpToDate();
  }

  @Test
  void anEditOfAnOlderMessageLeavesTheListOfConversations() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "older");
    sent(friends.ben(), friends.conversation(), "newer");
    try (Phone bensPhone = friends.ben().phone()) {
      friends.ann().edit(id, "edited").require(200);
      assertThat(bensPhone.awaitEvent("message:updated").data().has("conversation")).isFalse();
    }
  }

  @Test
  void aSocketEditsAndARepeatedEditIsNone() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "helo");
    try (Phone annsPhone = friends.ann().phone();
        Phone bensPhone = friends.ben().phone()) {
      Map<String, String> edit = Map.of("messageId", id, "content", "hello");
      JsonNode first = annsPhone.request("edit_message", edit).acked();
      JsonNode second = annsPhone.request("edit_message", edit).acked();

      assertThat(second).isEqualTo(first);
      assertThat(bensPhone.everythingSoFar()).hasSize(1);
      annsPhone
          .request("edit_message", Map.of("messageId", id, "content", " "))
          .mustRefuse("VALIDATION_FAILED");
    }
  }

  @Test
  void onlyItsSenderEditsAMessageThatTheySee() {
    Team team = Team.meet(chat);
    String id = sent(team.ann(), team.id(), "mine");
    Person stranger = Person.register(chat, "Eve");

    team.ben().edit(id, "yours").mustRefuse(403, "NOT_YOUR_MESSAGE");
    stranger.edit(id, "yours").mustRefuse(404, "MESSAGE_NOT_FOUND");
    team.ann().edit(UUID.randomUUID().toString(), "x").mustRefuse(404, "MESSAGE_NOT_FOUND");
    team.ann().edit(id, "").mustRefuse(400, "VALIDATION_FAILED");
    team.ann().edit("x", "x").mustRefuse(400, "VALIDATION_FAILED");
    String system = team.ann().history(team.id()).getLast().path("id").asText();
    team.ann().edit(system, "x").mustRefuse(403, "NOT_YOUR_MESSAGE");
    team.ann().deleteForMe(id).require(200);
    team.ann().edit(id, "x").mustRefuse(404, "MESSAGE_NOT_FOUND");
    String bens = sent(team.ben(), team.id(), "last words");
    team.leave(team.ben()).requireDone();
    team.ben().edit(bens, "more").mustRefuse(404, "MESSAGE_NOT_FOUND");
  }

  @Test
  void after15MinutesAMessageStaysAsItIs() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "old");
    String edited = sent(friends.ann(), friends.conversation(), "older");
    friends.ann().edit(edited, "new").require(200);
    try (Database database = chat.openDatabase()) {
      database.run(
          "update messages set created_at = created_at - interval '15 minutes' where id in ('%s', '%s')"
              .formatted(id, edited));
    }
    friends.ann().edit(id, "new").mustRefuse(409, "EDIT_WINDOW_OVER");
    assertThat(friends.ann().edit(edited, "new").require(200).has("editedAt"))
        .as("a repeated edit is none")
        .isTrue();
  }

  @Test
  void whatIsHiddenOrWasBeforeANewcomerIsNotToldToThem() {
    Team team = Team.meet(chat);
    String id = sent(team.ann(), team.id(), "helo");
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    team.add(team.ann(), dan).require(201);
    team.cem().deleteForMe(id).require(200);
    Mirror dans = new Mirror(dan);
    dans.catchUp(50);
    try (Phone dansPhone = dan.phone();
        Phone cemsPhone = team.cem().phone();
        Phone bensPhone = team.ben().phone()) {
      team.ann().edit(id, "hello").require(200);

      bensPhone.awaitEvent("message:updated");
      assertThat(dansPhone.everythingSoFar()).isEmpty();
      assertThat(cemsPhone.everythingSoFar()).isEmpty();
    }
    dans.catchUp(50);
    dans.mustBeUpToDate();
    assertThat(dans.known("MESSAGE")).doesNotContainKey(id);
  }

  @Test
  void anEditOfABlockedPersonIsNotShownToThePersonWhoBlocksThem() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    Person ben = friends.ben();
    String id = sent(ben, friends.conversation(), "seen");
    String anns = sent(ann, friends.conversation(), "mine");
    Mirror mirror = new Mirror(ann);
    mirror.catchUp(50);
    ann.block(ben).require(200);
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone()) {
      ben.edit(id, "words of a blocked person").require(200);

      bensPhone.awaitEvent("message:updated");
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
    assertThat(ann.contents(friends.conversation())).containsExactly("mine", "seen");
    mirror.catchUp(50);
    mirror.mustBeUpToDate();
    ann.edit(anns, "x").mustRefuse(409, "BLOCKED_BY_YOU");
    ann.delete(anns).mustRefuse(409, "BLOCKED_BY_YOU");
    ann.edit(id, "x").mustRefuse(409, "BLOCKED_BY_YOU");
  }

  @RepeatedTest(3)
  void ofAnEditAndADeletionAtOnceTheMessageIsDeleted() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "first");
    List<Callable<Response>> tasks =
        List.of(
            () -> friends.ann().edit(id, "second"),
            () -> friends.ann().delete(id),
            () -> friends.ann().edit(id, "third"));

    List<Response> answers = Together.run(tasks);

    answers.get(1).require(200);
    for (Response edit : List.of(answers.getFirst(), answers.getLast())) {
      if (edit.status() != 200) {
        edit.mustRefuse(410, "MESSAGE_DELETED");
      }
    }
    JsonNode stored = friends.ben().history(friends.conversation()).getFirst();
    assertThat(stored.path("content").asText()).isEmpty();
    assertThat(stored.has("deletedAt")).isTrue();
    assertThat(stored.has("editedAt")).isFalse();
    assertThat(friends.ann().delete(id).require(200)).isEqualTo(stored);
  }

  @RepeatedTest(3)
  void whoLeavesEditsBeforeOrNotAtAll() {
    Team team = Team.meet(chat);
    String id = sent(team.ben(), team.id(), "before");
    List<Response> answers =
        Together.run(List.of(() -> team.leave(team.ben()), () -> team.ben().edit(id, "after")));

    boolean edited = answers.getLast().status() == 200;
    if (!edited) {
      answers.getLast().mustRefuse(404, "MESSAGE_NOT_FOUND");
    }
    assertThat(team.ann().contents(team.id())).contains(edited ? "after" : "before");
  }

  @RepeatedTest(3)
  void ofAnEditAndABlockAtOnceTheBlockerSeesTheMessageBeforeOrAfterTheEdit() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ben(), friends.conversation(), "before");
    List<Response> answers =
        Together.run(
            List.of(
                () -> friends.ben().edit(id, "after"), () -> friends.ann().block(friends.ben())));

    answers.forEach(answer -> answer.require(200));
    assertThat(friends.ann().contents(friends.conversation()))
        .isIn(List.of("before"), List.of("after"));
    assertThat(friends.ben().contents(friends.conversation())).containsExactly("after");
  }

  @Test
  void aSendThatIsRepeatedAfterAnEditGivesTheMessageAsItIs() {
    Friends friends = Friends.meet(chat);
    String id =
        friends
            .ann()
            .send(friends.conversation(), "helo", "c-1")
            .require(201)
            .at("/message/id")
            .asText();
    JsonNode edited = friends.ann().edit(id, "hello").require(200);

    assertThat(
            friends.ann().send(friends.conversation(), "helo", "c-1").require(201).path("message"))
        .isEqualTo(edited);
  }

  static String sent(Person sender, String conversation, String content) {
    return sender.send(conversation, content).require(201).at("/message/id").asText();
  }
}
