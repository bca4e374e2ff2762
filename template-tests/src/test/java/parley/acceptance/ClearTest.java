package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clearing the history of a conversation for oneself. */
@ExtendWith(SharedChat.class)
class ClearTest {
  private final Chat chat;

  ClearTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void othersAreToldThatWhoClearsHasReadAll() {
    Friends friends = Receipts.written(chat, 2);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone ann = friends.ann().phone()) {
      clear(friends.ben(), friends.conversation()).require(200);

      JsonNode told = ann.awaitEvent("message:read").data();
      assertThat(told.path("userId").asText()).isEqualTo(friends.ben().id());
      assertThat(told.path("seq").asInt()).isEqualTo(2);
    }
    anns.catchUp(50);
    anns.mustBeUpToDate();
  }

  @Test
  void whoClearsWhileTheyBlockTheOtherIsAnswered() {
    Friends friends = Receipts.written(chat, 2);
    friends.ben().block(friends.ann()).require(200);

    JsonNode cleared = clear(friends.ben(), friends.conversation()).require(200);

    assertThat(cleared.path("visibleFromSeq").asInt()).isEqualTo(2);
    assertThat(friends.ben().list("/conversations")).containsExactly(cleared);
  }

  @Test
  void whatIsClearedStaysAwayFromWhoLeavesAndComesBack() {
    Team team = Team.meet(chat);
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    team.ann().send(team.id(), "old").require(201);
    clear(team.ben(), team.id()).require(200);
    team.leave(team.ben()).requireDone();
    team.ann().send(team.id(), "meanwhile").require(201);

    team.add(team.ann(), team.ben()).require(201);
    assertThat(team.ben().contents(team.id())).doesNotContain("old").contains("meanwhile");
    team.leave(team.ben()).requireDone();
    String token =
        team.ann()
            .api()
            .post("/groups/" + team.id() + "/invites", Map.of())
            .require(201)
            .path("token")
            .asText();
    team.ben().api().post("/invites/join", Map.of("token", token)).require(201);
    assertThat(team.ben().contents(team.id())).doesNotContain("old").contains("meanwhile");
    assertThat(team.cem().contents(team.id())).contains("old");
  }

  private static Response clear(Person by, String conversation) {
    return by.api().delete("/conversations/" + conversation + "/messages");
  }
}
