package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that somebody keeps for themselves. */
@ExtendWith(SharedChat.class)
class StarTest {
  private final Chat chat;

  StarTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aStarIsToldToOnesOwnDevicesOnly() {
    Friends friends = Friends.meet(chat);
    String message = friends.ben().sent(friends.conversation(), "Hello");
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone annsPhone = friends.ann().phone();
        Phone bensPhone = friends.ben().phone();
        SocketIoDevice tablet =
            SocketIoDevice.Kind.JAVASCRIPT.connect(chat, friends.ann().accessToken())) {
      tablet.awaitConnects(1);
      JsonNode starred = star(friends.ann(), message).require(200);
      assertThat(star(friends.ann(), message).require(200)).isEqualTo(starred);
      assertThat(annsPhone.awaitEvent("message:starred").data()).isEqualTo(starred);
      assertThat(tablet.awaitEvent("message:starred")).isEqualTo(starred);
      anns.catchUp(50);
      assertThat(anns.known("STAR")).containsOnlyKeys(message);

      unstar(friends.ann(), message).requireDone();
      unstar(friends.ann(), message).requireDone();

      assertThat(annsPhone.awaitCount("message:starred", 2))
          .extracting(frame -> frame.data().path("starred").asBoolean())
          .containsExactly(true, false);
      assertThat(bensPhone.everythingSoFar()).isEmpty();
    }
    anns.catchUp(50);
    assertThat(anns.known("STAR")).isEmpty();
  }

  @Test
  void starredMessagesComeTheNewestFirst() {
    Friends friends = Friends.meet(chat);
    Team team = Team.meet(chat);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.addFirst(friends.ann().sent(friends.conversation(), "Hello " + i));
    }
    for (int i : List.of(1, 0, 2)) {
      star(friends.ann(), all.get(i)).require(200);
    }
    star(team.ann(), team.ann().sent(team.id(), "another's")).require(200);

    assertThat(starred(friends.ann(), "")).isEqualTo(all);
    assertThat(starred(friends.ann(), "?limit=2")).isEqualTo(all.subList(0, 2));
  }

  @Test
  void whatOneDoesNotSeeAnyMoreIsNotAmongThem() {
    Team team = Team.meet(chat);
    String message = team.ann().sent(team.id(), "Hello");
    String deleted = team.ann().sent(team.id(), "deleted");
    star(team.ben(), message).require(200);
    star(team.ben(), deleted).require(200);
    team.ann().api().delete("/messages/" + deleted).require(200);
    assertThat(starred(team.ben(), "")).containsExactly(message);
    star(team.ben(), deleted).mustRefuse(410, "MESSAGE_DELETED");

    team.leave(team.ben()).requireDone();

    assertThat(starred(team.ben(), "")).isEmpty();
    star(team.ben(), message).mustRefuse(404, "MESSAGE_NOT_FOUND");
    unstar(team.ben(), message).requireDone();
    star(team.ann(), UUID.randomUUID().toString()).mustRefuse(404, "MESSAGE_NOT_FOUND");
    String system = team.ann().history(team.id()).getLast().path("id").asText();
    star(team.ann(), system).mustRefuse(400, "VALIDATION_FAILED");
  }

  private static Response star(Person person, String message) {
    return person.api().put("/messages/" + message + "/star");
  }

  private static Response unstar(Person person, String message) {
    return person.api().delete("/messages/" + message + "/star");
  }

  private static List<String> starred(Person person, String query) {
    return person.list("/messages/starred" + query).stream()
        .map(message -> message.path("id").asText())
        .toList();
  }
}
