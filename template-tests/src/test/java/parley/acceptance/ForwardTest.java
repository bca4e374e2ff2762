package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.EditTest.sent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Forwarding a message. */
@ExtendWith(SharedChat.class)
class ForwardTest {
  private final Chat chat;

  ForwardTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aCopyIsAMessageOfWhoForwardsAndSaysSo() {
    Friends friends = Friends.meet(chat);
    Team team = Team.meet(chat);
    friends.ann().befriend(team.ann());
    String third = friends.ann().converse(team.ann());
    String id = sent(friends.ben(), friends.conversation(), "news");
    try (Phone annsPhone = friends.ann().phone();
        Phone othersPhone = team.ann().phone()) {
      JsonNode copies =
          annsPhone
              .request(
                  "forward_message",
                  Map.of(
                      "messageId", id, "conversationIds", List.of(third, friends.conversation())))
              .acked();

      JsonNode copy = copies.path(0).path("message");
      assertThat(copies).hasSize(2);
      assertThat(copy.path("conversationId").asText()).isEqualTo(third);
      assertThat(copy.has("content")).isFalse();
      assertThat(copies.path(0).at("/conversation/lastMessage").asText()).isEqualTo("news");
      assertThat(copy.path("senderId").asText()).isEqualTo(friends.ann().id());
      assertThat(copy.path("forwarded").asBoolean()).isTrue();
      assertThat(copies.path(1).at("/message/seq").asLong()).isEqualTo(2);
      JsonNode told = othersPhone.awaitMessage("news").data().path("message");
      assertThat(told.path("id")).isEqualTo(copy.path("id"));
      assertThat(team.ann().history(third)).containsExactly(told);
    }
  }

  @Test
  void theAckOfTenCopiesOfTheLongestContentFitsIntoAFrame() {
    Person ann = Person.register(chat, "Ann");
    List<String> groups = Stream.generate(() -> Team.found(ann)).limit(10).toList();
    String longest = "\u0001".repeat(3_999) + "x";
    String id = sent(ann, groups.getFirst(), longest);
    int before = chat.log().size();
    try (Phone phone = ann.phone()) {
      JsonNode copies =
          phone
              .request("forward_message", Map.of("messageId", id, "conversationIds", groups))
              .acked();

      assertThat(copies).hasSize(10);
      phone.awaitCount("message:new", 10);
      assertThat(phone.received("message:new"))
          .allMatch(frame -> frame.data().at("/message/content").asText().equals(longest));
    }
    List<String> all = chat.log();
    assertThat(all.subList(before, all.size()))
        .noneMatch(line -> line.contains("\"level\":\"ERROR\""));
  }

  @Test
  void nothingIsCopiedUnlessEverythingMayBe() {
    Friends friends = Friends.meet(chat);
    Friends others = Friends.meet(chat);
    Person ann = friends.ann();
    String mine = friends.conversation();
    String id = sent(friends.ben(), mine, "news");

    forward(ann, id, mine, others.conversation()).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    forward(others.ann(), id, others.conversation()).mustRefuse(404, "MESSAGE_NOT_FOUND");
    forward(ann, id).mustRefuse(400, "VALIDATION_FAILED");
    Person carl = Person.register(chat, "Carl");
    ann.befriend(carl);
    String blocked = ann.converse(carl);
    ann.block(carl).require(200);
    forward(ann, id, mine, blocked).mustRefuse(409, "BLOCKED_BY_YOU");
    friends.ben().delete(id).require(200);
    forward(ann, id, mine).mustRefuse(410, "MESSAGE_DELETED");
    String group = Team.found(ann);
    String system = ann.history(group).getFirst().path("id").asText();
    forward(ann, system, group).mustRefuse(400, "VALIDATION_FAILED");
    assertThat(ann.history(mine)).hasSize(1);
  }

  @Test
  void aRepeatedRequestCopiesOnce() {
    Friends friends = Friends.meet(chat);
    String group = Team.found(friends.ann());
    String id = sent(friends.ann(), friends.conversation(), "news");
    Map<String, Object> request = new HashMap<>();
    request.put("conversationIds", List.of(friends.conversation(), group));
    request.put("clientId", "f-1");
    String path = "/messages/" + id + "/forward";
    JsonNode first = friends.ann().api().post(path, request).require(201);

    assertThat(friends.ann().api().post(path, request).require(201)).isEqualTo(first);
    assertThat(friends.ann().contents(group).getFirst()).isEqualTo("news");
    assertThat(friends.ann().history(friends.conversation())).hasSize(2);
  }

  @Test
  void aRepeatedRequestGivesTheCopiesWhateverHasBecomeOfTheMessage() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    String group = Team.found(ann);
    String id = sent(friends.ben(), friends.conversation(), "news");
    Map<String, Object> request =
        Map.of("conversationIds", List.of(friends.conversation(), group), "clientId", "f-1");
    String path = "/messages/" + id + "/forward";
    JsonNode first = ann.api().post(path, request).require(201);

    friends.ben().edit(id, "old news").require(200);
    assertThat(ann.api().post(path, request).require(201)).isEqualTo(first);
    ann.block(friends.ben()).require(200);
    assertThat(ann.api().post(path, request).require(201)).isEqualTo(first);
    ann.unblock(friends.ben()).requireDone();
    friends.ben().delete(id).require(200);
    assertThat(ann.api().post(path, request).require(201)).isEqualTo(first);
    assertThat(ann.contents(group).getFirst()).isEqualTo("news");
    assertThat(ann.history(friends.conversation())).hasSize(2);
  }

  @Test
  void anEditedCopyDoesNotSayThatItIsOneAndIsStillFoundByItsClientId() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    String id = sent(friends.ben(), friends.conversation(), "news");
    Map<String, Object> request =
        Map.of("conversationIds", List.of(friends.conversation()), "clientId", "f-1");
    String path = "/messages/" + id + "/forward";
    JsonNode copy = ann.api().post(path, request).require(201).path(0).path("message");
    Mirror bens = new Mirror(friends.ben());
    bens.catchUp(50);

    JsonNode edited = ann.edit(copy.path("id").asText(), "my own news").require(200);

    assertThat(edited.has("forwarded")).isFalse();
    bens.catchUp(50);
    bens.mustBeUpToDate();
    assertThat(ann.api().post(path, request).require(201).path(0).path("message"))
        .isEqualTo(edited);
    friends.ben().delete(id).require(200);
    assertThat(ann.api().post(path, request).require(201).path(0).path("message"))
        .isEqualTo(edited);
  }

  @Test
  void aClientIdStandsForOneForward() {
    Friends friends = Friends.meet(chat);
    String one = sent(friends.ann(), friends.conversation(), "one");
    String other = sent(friends.ann(), friends.conversation(), "other");
    Map<String, Object> request =
        Map.of("conversationIds", List.of(friends.conversation()), "clientId", "f-1");
    friends.ann().api().post("/messages/" + one + "/forward", request).require(201);

    friends
        .ann()
        .api()
        .post("/messages/" + other + "/forward", request)
        .mustRefuse(409, "CLIENT_ID_REUSED");
  }

  private static Response forward(Person by, String message, String... conversations) {
    return by.api()
        .post(
            "/messages/" + message + "/forward",
            Map.of("conversationIds", Arrays.asList(conversations)));
  }
}
