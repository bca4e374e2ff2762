package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.EditTest.sent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deleting a message, for everyone and for oneself. */
@ExtendWith(SharedChat.class)
class DeleteTest {
  private final Chat chat;

  DeleteTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void whatIsDeletedForEveryoneIsGoneFromEveryViewAndFromTheDatabase() {
    Team team = Team.meet(chat);
    JsonNode first = team.ann().send(team.id(), "first").require(201).path("message");
    String content = "secret " + UUID.randomUUID();
    String id =
        team.ann()
            .api()
            .post(
                "/messages",
                Map.of(
                    "conversationId", team.id(),
                    "content", content,
                    "replyTo", first.path("id").asText(),
                    "mentions", List.of(team.ben().id())))
            .require(201)
            .at("/message/id")
            .asText();
    Mirror bens = new Mirror(team.ben());
    bens.catchUp(50);
    try (Phone bensPhone = team.ben().phone();
        Phone annsPhone = team.ann().phone()) {
      JsonNode deleted = team.ann().delete(id).require(200);

      assertThat(deleted.path("content").asText()).isEmpty();
      assertThat(deleted.has("deletedAt")).isTrue();
      assertThat(deleted.has("mentions")).isFalse();
      assertThat(deleted.has("replyTo")).isFalse();
      for (Phone phone : List.of(annsPhone, bensPhone)) {
        JsonNode told = phone.awaitEvent("message:updated").data();
        assertThat(told.path("message")).isEqualTo(deleted);
        assertThat(told.at("/conversation/lastMessage").asText()).isEmpty();
      }
      assertThat(team.ann().delete(id).require(200)).as("again").isEqualTo(deleted);
      assertThat(bensPhone.everythingSoFar()).hasSize(1);
      assertThat(team.ben().history(team.id()).getFirst()).isEqualTo(deleted);
    }
    assertThat(team.seenBy(team.ben()).path("lastMessage").asText()).isEmpty();
    bens.catchUp(50);
    bens.mustBeUpToDate();
    try (Database database = chat.openDatabase()) {
      assertThat(
              database.run(
                  "select cast(id as text) from messages m where cast(m as text) like '%"
                      + content
                      + "%'"))
          .isEmpty();
    }
    team.ann().edit(id, "again").mustRefuse(410, "MESSAGE_DELETED");
  }

  @Test
  void adminsDeleteWhatOthersWroteAndMembersDoNot() {
    Team team = Team.meet(chat);
    String bens = sent(team.ben(), team.id(), "ben's");
    String anns = sent(team.ann(), team.id(), "ann's");

    team.cem().delete(bens).mustRefuse(403, "NOT_YOUR_MESSAGE");
    team.ann().delete(bens).require(200);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.ben().delete(anns).require(200);
    String system = team.ann().history(team.id()).getLast().path("id").asText();
    team.ann().delete(system).mustRefuse(403, "NOT_YOUR_MESSAGE");
    Friends friends = Friends.meet(chat);
    String other = sent(friends.ann(), friends.conversation(), "ann's");
    friends.ben().delete(other).mustRefuse(403, "NOT_YOUR_MESSAGE");
    team.ann().delete(other).mustRefuse(404, "MESSAGE_NOT_FOUND");
    team.ann().delete("x").mustRefuse(400, "VALIDATION_FAILED");
    team.ann()
        .api()
        .delete("/messages/" + anns + "?for=others")
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void whatIsDeletedForOneselfTheOthersKeep() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    Person ben = friends.ben();
    sent(ann, friends.conversation(), "first");
    String id = sent(ann, friends.conversation(), "second");
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);
    try (Phone bensPhone = ben.phone();
        Phone annsPhone = ann.phone()) {
      JsonNode hidden =
          bensPhone.request("delete_message", Map.of("messageId", id, "for", "me")).acked();

      assertThat(bensPhone.awaitEvent("message:hidden").data()).isEqualTo(hidden);
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
    assertThat(ann.contents(friends.conversation())).containsExactly("second", "first");
    assertThat(ben.contents(friends.conversation())).containsExactly("first");
    JsonNode listed = ben.list("/conversations").getFirst();
    assertThat(listed.path("lastMessage").asText()).isEqualTo("first");
    assertThat(listed.path("lastSeq").asLong() - listed.path("lastReadSeq").asLong()).isEqualTo(2);
    bens.catchUp(50);
    assertThat(bens.messages(friends.conversation())).hasSize(1);
    ben.deleteForMe(id).mustRefuse(404, "MESSAGE_NOT_FOUND");
    Person.register(chat, "Eve").deleteForMe(id).mustRefuse(404, "MESSAGE_NOT_FOUND");
  }

  @Test
  void aSocketDeletesForEveryone() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ann(), friends.conversation(), "oops");
    try (Phone annsPhone = friends.ann().phone();
        Phone bensPhone = friends.ben().phone()) {
      JsonNode deleted = annsPhone.request("delete_message", Map.of("messageId", id)).acked();
      assertThat(bensPhone.awaitEvent("message:updated").data().path("message")).isEqualTo(deleted);
      bensPhone.request("delete_message", Map.of("messageId", id)).mustRefuse("NOT_YOUR_MESSAGE");
    }
  }

  @Test
  void whatABlockedPersonDeletesIsKeptForThePersonWhoBlocksThem() {
    Friends friends = Friends.meet(chat);
    String id = sent(friends.ben(), friends.conversation(), "seen");
    friends.ann().block(friends.ben()).require(200);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);

    friends.ben().delete(id).require(200);

    anns.catchUp(50);
    anns.mustBeUpToDate();
    assertThat(anns.known("CONVERSATION").values())
        .as("its last message is still there")
        .containsExactlyElementsOf(friends.ann().list("/conversations"));
    assertThat(friends.ann().contents(friends.conversation())).containsExactly("seen");
    assertThat(friends.ben().contents(friends.conversation())).containsExactly("");
  }
}
