package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is unread: what others wrote, and not what they changed. */
@ExtendWith(SharedChat.class)
class UnreadTest {
  private final Chat chat;
  private final Team team;

  UnreadTest(Chat chat) {
    this.chat = chat;
    team = Team.meet(chat);
  }

  @Test
  void changesOfAGroupMakeNothingUnread() {
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    team.change(team.ann(), Map.of("title", "Crew")).require(200);
    team.add(team.ann(), dan).require(201);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.remove(team.ann(), team.cem()).requireDone();
    disappear(team.ben(), team.id());

    for (Person member : List.of(team.ann(), team.ben(), dan)) {
      assertThat(read(member)).as(member.name()).isEqualTo(6);
    }
  }

  @Test
  void aTimerOfTwoMakesNothingUnread() {
    String conversation = team.ann().converse(team.ben());
    disappear(team.ann(), conversation);

    assertThat(read(team.ben(), conversation)).isEqualTo(1);
  }

  @Test
  void theFirstUnreadMessageIsOneThatSomebodyWrote() {
    team.change(team.ann(), Map.of("title", "Crew")).require(200);
    team.ann().send(team.id(), "hello").require(201);
    team.change(team.ann(), Map.of("title", "Team")).require(200);

    assertThat(read(team.ben())).as("from the third on").isEqualTo(2);
    assertThat(read(team.ann())).isEqualTo(4);
  }

  @Test
  void whoReadsTheLastMessageThatSomebodyWroteHasNothingUnreadOnAnyDevice() {
    Mirror bens = new Mirror(team.ben());
    bens.catchUp(50);
    team.ann().send(team.id(), "hello").require(201);
    team.change(team.ann(), Map.of("title", "Crew")).require(200);
    bens.catchUp(50);

    team.ben()
        .api()
        .post("/conversations/" + team.id() + "/receipts", Map.of("readSeq", 2))
        .require(200);
    bens.catchUp(50);
    Mirror fresh = new Mirror(team.ben());
    fresh.catchUp(50);

    Stream.of(bens, fresh)
        .map(mirror -> mirror.known("CONVERSATION").get(team.id()))
        .forEach(
            known -> assertThat(String.valueOf(known)).contains("\"lastSeq\":3,\"lastReadSeq\":3"));
    team.ann().send(team.id(), "again").require(201);
    assertThat(read(team.ben())).isEqualTo(3);
  }

  private long read(Person reader) {
    return read(reader, team.id());
  }

  /** Up to where nothing is unread, as the list and the conversation say. */
  private static long read(Person reader, String conversation) {
    JsonNode seen = reader.api().get("/conversations/" + conversation).require(200);
    assertThat(reader.list("/conversations")).contains(seen);
    return seen.path("lastReadSeq").asLong();
  }

  private static void disappear(Person by, String conversation) {
    by.api()
        .put("/conversations/" + conversation + "/disappearing", Map.of("seconds", 3600))
        .require(200);
  }
}
