package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changing whom a message mentions, by an edit. */
@ExtendWith(SharedChat.class)
class EditMentionsTest {
  private final Chat chat;
  private final Team team;

  EditMentionsTest(Chat chat) {
    this.chat = chat;
    team = Team.meet(chat);
  }

  @Test
  void anEditReplacesTheMentionsInEveryView() {
    String id = mentioning(team.ben());
    Mirror cems = new Mirror(team.cem());
    cems.catchUp(50);
    try (Phone bensPhone = team.ben().phone()) {
      JsonNode edited = edit(id, "hi Cem", team.cem()).require(200);

      assertThat(mentions(edited)).containsExactly(team.cem().id());
      assertThat(bensPhone.awaitEvent("message:updated").data().path("message")).isEqualTo(edited);
      assertThat(team.cem().history(team.id()).getFirst()).isEqualTo(edited);
    }
    cems.catchUp(50);
    cems.mustBeUpToDate();
    assertThat(edit(id, "hi").require(200).has("mentions")).as("an empty list").isFalse();
  }

  @Test
  void anEditWithoutMentionsKeepsThem() {
    String id = mentioning(team.ben());

    assertThat(mentions(team.ann().edit(id, "hey").require(200))).containsExactly(team.ben().id());
    assertThat(
            mentions(
                team.ann()
                    .api()
                    .call("PATCH", "/messages/" + id, "{\"content\": \"ho\", \"mentions\": null}")
                    .require(200)))
        .containsExactly(team.ben().id());
  }

  @Test
  void aSocketReplacesTheMentionsAndARepeatedEditIsNone() {
    String id = mentioning(team.ben());
    try (Phone annsPhone = team.ann().phone();
        SocketIoDevice annsTablet =
            SocketIoDevice.Kind.JAVA.connect(chat, team.ann().accessToken())) {
      JsonNode first =
          annsPhone
              .request("edit_message", edit(id, List.of(team.cem().id(), team.ben().id())))
              .acked();
      JsonNode second =
          annsTablet.ask("edit_message", edit(id, List.of(team.ben().id(), team.cem().id())));

      assertThat(mentions(first)).containsExactly(team.cem().id(), team.ben().id());
      assertThat(second).as("the same people in another order").isEqualTo(first);
      annsPhone
          .request("edit_message", edit(id, List.of(Person.register(chat, "Eve").id())))
          .mustRefuse("MEMBER_NOT_FOUND");
    }
  }

  @Test
  void anEditMentionsMembersAndWhoeverTheMessageMentionsAlready() {
    String id = mentioning(team.ben(), team.cem());
    Person eve = Person.register(chat, "Eve");
    team.leave(team.ben()).requireDone();

    edit(id, "hi", eve).mustRefuse(404, "MEMBER_NOT_FOUND");
    assertThat(mentions(edit(id, "hi Ben", team.ben(), team.ann()).require(200)))
        .containsExactly(team.ben().id(), team.ann().id());
    edit(id, "hi Ann", team.ann()).require(200);
    edit(id, "hi Ben", team.ben()).mustRefuse(404, "MEMBER_NOT_FOUND");
    String[] many = new String[21];
    Arrays.fill(many, team.ann().id());
    team.ann()
        .api()
        .patch("/messages/" + id, Map.of("content", "hi", "mentions", many))
        .mustRefuse(400, "VALIDATION_FAILED");
    assertThat(team.ann().contents(team.id())).contains("hi Ann").doesNotContain("hi");
  }

  @Test
  void inAConversationOfTwoAnEditMentionsNobody() {
    String conversation = team.ann().converse(team.ben());
    String id = team.ann().sent(conversation, "hi");

    edit(id, "hi Ben", team.ben()).mustRefuse(400, "VALIDATION_FAILED");
    edit(id, "hello").require(200);
  }

  private String mentioning(Person... mentioned) {
    return team.ann()
        .api()
        .post(
            "/messages",
            Map.of("conversationId", team.id(), "content", "hello", "mentions", ids(mentioned)))
        .require(201)
        .at("/message/id")
        .asText();
  }

  private Response edit(String id, String content, Person... mentioned) {
    return team.ann()
        .api()
        .patch("/messages/" + id, Map.of("content", content, "mentions", ids(mentioned)));
  }

  private static Map<String, Object> edit(String id, List<String> mentions) {
    return Map.of("messageId", id, "content", "hello", "mentions", mentions);
  }

  private static List<String> ids(Person... people) {
    return Arrays.stream(people).map(Person::id).toList();
  }

  private static List<String> mentions(JsonNode message) {
    return Json.items(message.path("mentions")).stream().map(JsonNode::asText).toList();
  }
}
