package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Retries of what has disappeared or ended meanwhile. */
@ExtendWith(SharedChat.class)
class SpentClientIdTest {
  private final Chat chat;
  private final Friends friends;

  SpentClientIdTest(Chat chat) {
    this.chat = chat;
    friends = Friends.meet(chat);
  }

  @Test
  void aMessageThatHasDisappearedIsNotSentAgain() {
    post(draft("secret", "c-1")).require(201);
    disappears("secret");
    post(draft("next", "c-2")).require(201);
    try (Phone bens = friends.ben().phone();
        Phone anns = friends.ann().phone()) {
      post(draft("secret", "c-1")).mustRefuse(410, "MESSAGE_GONE");
      anns.request("send_message", draft("secret", "c-1")).mustRefuse("MESSAGE_GONE");

      assertThat(bens.everythingSoFar()).isEmpty();
    }
    assertThat(chat.aws().pendingSends()).isZero();
    assertThat(friends.ben().contents(friends.conversation())).containsExactly("next");
    assertThat(post(draft("last", "c-3")).require(201).at("/message/seq").asLong())
        .as("the retries took no number")
        .isEqualTo(3);
  }

  @Test
  void anAnswerThatHasDisappearedTogetherWithWhatItAnswersIsNotSentAgain() {
    String asked = post(draft("question", "c-1")).require(201).at("/message/id").asText();
    Map<String, Object> answer = new HashMap<>(draft("answer", "c-2"));
    answer.put("replyTo", asked);
    post(answer).require(201);
    disappears("question");
    disappears("answer");
    night();

    post(answer).mustRefuse(410, "MESSAGE_GONE");
  }

  @Test
  void untilItIsRemovedARetryGivesItsSenderTheContentAndNobodyElseAnything() {
    JsonNode sent = post(draft("secret", "c-1")).require(201).path("message");
    disappears("secret");
    try (Phone bens = friends.ben().phone()) {
      JsonNode again = post(draft("secret", "c-1")).require(201).path("message");

      assertThat(again.path("id")).isEqualTo(sent.path("id"));
      assertThat(again.path("content").asText()).isEqualTo("secret");
      assertThat(bens.everythingSoFar()).isEmpty();
    }
  }

  @Test
  void aForwardGivesTheCopiesThatHaveNotDisappearedAndMakesNoneAgain() {
    String group = Team.found(friends.ann());
    String news = post(draft("news", "c-1")).require(201).at("/message/id").asText();
    List<String> targets = List.of(group, friends.conversation());
    String first = forward(news, targets).require(201).path(0).at("/message/id").asText();
    removed(first);

    try (Phone anns = friends.ann().phone()) {
      JsonNode copies = forward(news, targets).require(201);

      assertThat(copies).hasSize(1);
      assertThat(copies.path(0).at("/message/conversationId").asText())
          .isEqualTo(friends.conversation());
      forward(news, List.of(group)).mustRefuse(410, "MESSAGE_GONE");
      anns.request("forward_message", forwarding(news, List.of(group))).mustRefuse("MESSAGE_GONE");
    }
    removed(news);
    forward(news, List.of(group)).mustRefuse(410, "MESSAGE_GONE");
    assertThat(friends.ann().contents(group)).doesNotContain("news");
  }

  @Test
  void aGroupThatHasEndedIsNotMadeAgain() {
    Map<String, Object> group =
        Map.of("title", "Once", "userIds", List.of(friends.ben().id()), "clientId", "g-1");
    String id = friends.ann().api().post("/groups", group).require(201).path("id").asText();
    friends.ben().api().delete("/groups/" + id + "/members/" + friends.ben().id()).requireDone();
    friends.ann().api().delete("/groups/" + id + "/members/" + friends.ann().id()).requireDone();
    try (Phone bens = friends.ben().phone()) {
      friends.ann().api().post("/groups", group).mustRefuse(410, "GROUP_GONE");

      assertThat(bens.everythingSoFar()).isEmpty();
    }
    friends.ben().unfriend(friends.ann()).requireDone();
    friends.ann().api().post("/groups", group).mustRefuse(410, "GROUP_GONE");
    assertThat(friends.ann().list("/conversations")).hasSize(1);
  }

  @Test
  void aClientIdIsKeptFor30DaysFromTheSendAndNotLonger() {
    post(draft("recent", "c-1")).require(201);
    post(draft("older", "c-2")).require(201);
    post(draft("old", "c-3")).require(201);
    friends.ann().sent(friends.conversation(), "without a clientId");
    ages("old", "30 days 1 minute");
    List.of("recent", "older", "old", "without a clientId").forEach(this::disappears);
    night();
    assertThat(kept()).containsExactly("c-1", "c-2");
    night();
    assertThat(kept()).containsExactly("c-1", "c-2");

    try (Database database = chat.openDatabase()) {
      database.run(
          "update spent_client_ids set sent_at = now() - interval '31 days'"
              + " where sender_id = '%s' and client_id = 'c-2'".formatted(friends.ann().id()));
    }
    night();

    assertThat(kept()).containsExactly("c-1");
    post(draft("older", "c-2")).require(201);
  }

  @Test
  void whatWasWrittenInAGroupThatHasEndedIsNotSentAgain() {
    String group = Team.found(friends.ann());
    Map<String, Object> draft =
        Map.of("conversationId", group, "content", "words", "clientId", "c-1");
    friends.ann().api().post("/messages", draft).require(201);

    friends.ann().api().delete("/groups/" + group + "/members/" + friends.ann().id()).requireDone();

    assertThat(kept()).containsExactly("c-1");
    friends.ann().api().post("/messages", draft).mustRefuse(410, "MESSAGE_GONE");
    post(draft("other words", "c-1")).mustRefuse(410, "MESSAGE_GONE");
  }

  @Test
  void aForwardGivesTheCopiesThatAreNotInAGroupThatHasEnded() {
    String group = Team.found(friends.ann());
    String news = friends.ann().sent(friends.conversation(), "news");
    List<String> targets = List.of(group, friends.conversation());
    forward(news, targets).require(201);

    friends.ann().api().delete("/groups/" + group + "/members/" + friends.ann().id()).requireDone();

    assertThat(forward(news, targets).require(201)).hasSize(1);
    assertThat(friends.ann().contents(friends.conversation())).containsExactly("news", "news");
  }

  @Test
  void aGroupIsNotMadeAgainAfterItsMakerHasLeftIt() {
    Map<String, Object> group =
        Map.of("title", "Left", "userIds", List.of(friends.ben().id()), "clientId", "g-2");
    String id = friends.ann().api().post("/groups", group).require(201).path("id").asText();
    Team team = new Team(friends.ann(), friends.ben(), friends.ben(), id);
    team.assign(team.ann(), team.ben(), "OWNER").require(200);
    team.leave(team.ann()).requireDone();

    friends.ann().api().post("/groups", group).mustRefuse(410, "GROUP_GONE");
  }

  @Test
  void aGroupWithOtherMembersIsNotTheOneThatWasMadeUnderTheClientId() {
    Team team = Team.meet(chat);
    Api ann = team.ann().api();
    Map<String, Object> group =
        Map.of("title", "Two", "userIds", List.of(team.ben().id()), "clientId", "g-3");
    ann.post("/groups", group).require(201);

    for (List<String> others :
        List.of(List.of(team.cem().id()), List.of(team.ben().id(), team.cem().id()))) {
      ann.post("/groups", Map.of("title", "Two", "userIds", others, "clientId", "g-3"))
          .mustRefuse(409, "CLIENT_ID_REUSED");
    }
    ann.post("/groups", group).require(201);
  }

  @Test
  void nothingIsKeptOfAUserWhoIsDeleted() {
    post(draft("secret", "c-1")).require(201);
    post(draft("stays", "c-2")).require(201);
    disappears("secret");
    night();
    assertThat(kept()).containsExactly("c-1");

    try (Database database = chat.openDatabase()) {
      database.run("delete from users where id = '%s'".formatted(friends.ann().id()));
    }

    assertThat(kept()).isEmpty();
  }

  private Response post(Map<String, ?> draft) {
    return friends.ann().api().post("/messages", draft);
  }

  private Map<String, String> draft(String content, String clientId) {
    return Map.of(
        "conversationId", friends.conversation(), "content", content, "clientId", clientId);
  }

  private Response forward(String message, List<String> conversations) {
    return friends
        .ann()
        .api()
        .post(
            "/messages/" + message + "/forward",
            Map.of("conversationIds", conversations, "clientId", "f-1"));
  }

  private static Map<String, Object> forwarding(String message, List<String> conversations) {
    return Map.of("messageId", message, "conversationIds", conversations, "clientId", "f-1");
  }

  private void disappears(String content) {
    run(
        "update messages set expires_at = now() - interval '1 second' where content = '%s'",
        content);
  }

  private void removed(String id) {
    run("update messages set expires_at = now() - interval '1 second' where id = '%s'", id);
    night();
  }

  private void ages(String content, String age) {
    run(
        "update messages set created_at = created_at - interval '" + age + "' where content = '%s'",
        content);
  }

  /** Changes a message of Ann's. */
  private void run(String sql, String value) {
    try (Database database = chat.openDatabase()) {
      database.run((sql + " and sender_id = '%s'").formatted(value, friends.ann().id()));
    }
  }

  private void night() {
    chat.runScheduled(
        "SweepFunction",
        chat.clock().instant().atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant());
  }

  private List<String> kept() {
    try (Database database = chat.openDatabase()) {
      return database.run(
          "select client_id from spent_client_ids where sender_id = '%s' order by client_id"
              .formatted(friends.ann().id()));
    }
  }
}
