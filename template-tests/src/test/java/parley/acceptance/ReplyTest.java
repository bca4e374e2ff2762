package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.EditTest.sent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answering a message, and mentioning people in one. */
@ExtendWith(SharedChat.class)
class ReplyTest {
  private final Chat chat;

  ReplyTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void anAnswerNamesWhatItAnswersInEveryView() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "question");
    try (Phone annsPhone = friends.ann().phone();
        Phone bensPhone = friends.ben().phone()) {
      JsonNode answer =
          bensPhone.request("send_message", draft(friends.conversation(), "replyTo", id)).acked();

      assertThat(answer.at("/message/replyTo").asText()).isEqualTo(id);
      assertThat(annsPhone.awaitMessage("text").data()).isEqualTo(answer);
      friends.ann().delete(id).require(200);
      assertThat(friends.ann().history(friends.conversation()).getFirst())
          .isEqualTo(answer.path("message"));
    }
  }

  @Test
  void onlyWhatTheSenderSeesInTheSameConversationIsAnswered() {
    Team team = Team.meet(chat);
    Friends others = Friends.meet(chat);
    String elsewhere = sent(others.ann(), others.conversation(), "elsewhere");
    String before = sent(team.ann(), team.id(), "before");
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    team.add(team.ann(), dan).require(201);
    String direct = team.ann().converse(dan);

    post(team.ann(), draft(team.id(), "replyTo", elsewhere)).mustRefuse(404, "MESSAGE_NOT_FOUND");
    post(dan, draft(team.id(), "replyTo", before)).mustRefuse(404, "MESSAGE_NOT_FOUND");
    post(team.ann(), draft(direct, "replyTo", before)).mustRefuse(404, "MESSAGE_NOT_FOUND");
    post(team.ann(), draft(team.id(), "replyTo", UUID.randomUUID().toString()))
        .mustRefuse(404, "MESSAGE_NOT_FOUND");
    post(team.ann(), draft(team.id(), "replyTo", "x")).mustRefuse(400, "VALIDATION_FAILED");
    assertThat(team.ann().history(direct)).isEmpty();
    post(team.ann(), draft(team.id(), "replyTo", before)).require(201);
  }

  @Test
  void aRetryComparesWhatIsAnsweredAndMentioned() {
    Team team = Team.meet(chat);
    String id = sent(team.ann(), team.id(), "question");
    Map<String, Object> draft = new HashMap<>(draft(team.id(), "replyTo", id));
    draft.put("mentions", List.of(team.cem().id()));
    draft.put("clientId", "c-1");
    JsonNode first = post(team.ben(), draft).require(201);
    team.leave(team.cem()).requireDone();

    assertThat(post(team.ben(), draft).require(201)).isEqualTo(first);
    draft.remove("mentions");
    post(team.ben(), draft).mustRefuse(409, "CLIENT_ID_REUSED");
    draft.put("mentions", List.of(team.cem().id()));
    draft.remove("replyTo");
    post(team.ben(), draft).mustRefuse(409, "CLIENT_ID_REUSED");
    draft.put("replyTo", id);
    draft.put("clientId", "c-2");
    post(team.ben(), draft).mustRefuse(404, "MEMBER_NOT_FOUND");
  }

  @Test
  void aRetryMayMentionTheSamePeopleInAnotherOrderAndTwice() {
    Team team = Team.meet(chat);
    String ann = team.ann().id();
    String cem = team.cem().id();
    Map<String, Object> draft = new HashMap<>(draft(team.id(), "mentions", List.of(ann, cem)));
    draft.put("clientId", "c-1");
    JsonNode first = post(team.ben(), draft).require(201);

    draft.put("mentions", List.of(cem, ann, cem));
    assertThat(post(team.ben(), draft).require(201)).isEqualTo(first);
    try (Phone bensPhone = team.ben().phone()) {
      assertThat(bensPhone.request("send_message", draft).acked()).isEqualTo(first);
    }
    draft.put("mentions", List.of(cem));
    post(team.ben(), draft).mustRefuse(409, "CLIENT_ID_REUSED");
  }

  @Test
  void membersOfAGroupAreMentioned() {
    Team team = Team.meet(chat);
    Friends others = Friends.meet(chat);
    List<String> both = List.of(team.ben().id(), team.cem().id(), team.ben().id());
    try (Phone bensPhone = team.ben().phone()) {
      JsonNode sent = post(team.ann(), draft(team.id(), "mentions", both)).require(201);

      assertThat(Json.items(sent.at("/message/mentions")).stream().map(JsonNode::asText))
          .containsExactly(team.ben().id(), team.cem().id());
      assertThat(bensPhone.awaitMessage("text").data()).isEqualTo(sent);
      assertThat(team.cem().history(team.id()).getFirst()).isEqualTo(sent.path("message"));
    }
    post(team.ann(), draft(team.id(), "mentions", List.of(others.ann().id())))
        .mustRefuse(404, "MEMBER_NOT_FOUND");
    post(others.ann(), draft(others.conversation(), "mentions", List.of(others.ben().id())))
        .mustRefuse(400, "VALIDATION_FAILED");
    List<String> many = IntStream.range(0, 21).mapToObj(i -> team.ben().id()).toList();
    post(team.ann(), draft(team.id(), "mentions", many)).mustRefuse(400, "VALIDATION_FAILED");
  }

  private static Map<String, Object> draft(String conversation, String field, Object value) {
    return Map.of("conversationId", conversation, "content", "text", field, value);
  }

  private static Response post(Person sender, Map<String, Object> draft) {
    return sender.api().post("/messages", draft);
  }
}
