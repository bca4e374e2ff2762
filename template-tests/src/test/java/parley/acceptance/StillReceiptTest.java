package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a blocked person is shown of the blocker's receipts in a group: what silence looks like. */
@ExtendWith(SharedChat.class)
class StillReceiptTest {
  private final Person cem;

  /** Blocks Ben. */
  private final Person ann;

  /** Writes as Ann does, and says of nothing that she has read it. */
  private final Person sue;

  private final Person ben;
  private Team team;

  StillReceiptTest(Chat chat) {
    cem = Person.register(chat, "Cem");
    ann = Person.register(chat, "Ann");
    sue = Person.register(chat, "Sue");
    ben = Person.register(chat, "Ben");
    cem.befriend(ann);
    cem.befriend(sue);
    cem.befriend(ben);
  }

  @BeforeEach
  void found() {
    team =
        new Team(
            /* ann= */ cem,
            ben,
            /* cem= */ ann,
            Team.make(cem, "Team", ben).require(201).path("id").asText());
  }

  @Test
  void whoBlocksIsNotShownBelowWhatTheyWrite() {
    team.add(cem, ann, sue).require(201);
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);
    ann.block(ben).require(200);
    ben.send(team.id(), "seq 3").require(201);
    Receipts.move(ann, team.id(), Map.of("readSeq", 3)).require(200);
    assertThat(shown(ann)).as("read in silence").isEqualTo(shown(sue));

    String message = ann.sent(team.id(), "seq 4");
    sue.send(team.id(), "seq 5").require(201);
    ben.send(team.id(), "seq 6").require(201);
    Receipts.move(ann, team.id(), Map.of("readSeq", 6)).require(200);

    assertThat(shown(ann)).isEqualTo("4/4");
    assertThat(shown(sue)).isEqualTo("5/5");
    assertThat(Receipts.of(ann, team.id())).containsEntry(ben.id(), "6/6");
    assertThat(count(3)).isEqualTo("2/2");
    assertThat(count(5)).isEqualTo("1/1");
    Receipts.move(cem, team.id(), Map.of("readSeq", 6)).require(200);
    bens.catchUp(50);
    assertThat(bens.known("RECEIPT").get(team.id())).isEqualTo(Receipts.read(ben, team.id()));

    ben.deleteForMe(message).require(200);
    ann.delete(message).require(200);
    assertThat(shown(ann)).as("a receipt never goes back").isEqualTo("4/4");
    ann.unblock(ben).requireDone();
    assertThat(shown(ann)).isEqualTo("6/6");
  }

  @Test
  void whatSomebodyHasReadInPrivateStaysSoWhenTheyWrite() {
    team.add(cem, ann).require(201);
    ann.api().patch("/users/me/settings", Map.of("readReceipts", false)).require(200);
    ann.block(ben).require(200);

    ann.send(team.id(), "seq 3").require(201);

    assertThat(shown(ann)).isEqualTo("3/");
  }

  @Test
  void whoComesIntoAGroupWhileABlockStandsIsShownAsOthersAre() {
    ann.block(ben).require(200);
    ben.send(team.id(), "seq 2").require(201);

    team.add(cem, ann, sue).require(201);

    assertThat(shown(ann)).isEqualTo("2/2").isEqualTo(shown(sue));
    ben.send(team.id(), "seq 4").require(201);
    Receipts.move(ann, team.id(), Map.of("readSeq", 4)).require(200);
    assertThat(shown(ann)).isEqualTo(shown(sue));
  }

  @Test
  void aBlockedPersonWhoComesBackSeesReceiptsAsTheyAreThenAndNotBefore() {
    team.add(cem, ann, sue).require(201);
    String invite =
        cem.api()
            .post("/groups/" + team.id() + "/invites", Map.of())
            .require(201)
            .path("token")
            .asText();
    ann.block(ben).require(200);
    team.leave(ben).requireDone();
    ann.send(team.id(), "seq 4").require(201);
    sue.send(team.id(), "seq 5").require(201);
    Receipts.move(ann, team.id(), Map.of("readSeq", 5)).require(200);

    ben.api().post("/invites/join", Map.of("token", invite)).require(201);

    assertThat(shown(ann)).isEqualTo("5/5").isEqualTo(shown(sue));
    Receipts.move(ann, team.id(), Map.of("readSeq", 6)).require(200);
    assertThat(shown(ann)).isEqualTo(shown(sue));
    assertThat(Receipts.of(ann, team.id())).containsEntry(ben.id(), "5/5");
  }

  /** What Ben is shown of somebody. */
  private String shown(Person person) {
    return String.valueOf(Receipts.of(ben, team.id()).get(person.id()));
  }

  /** How many others have received and read a message, as Ben is told. */
  private String count(long seq) {
    var counts =
        ben.api()
            .get("/conversations/" + team.id() + "/receipts?seq=" + seq)
            .require(200)
            .path("counts");
    return counts.path("delivered").asText() + "/" + counts.path("read").asText();
  }
}
