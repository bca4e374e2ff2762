package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is shown and told how far somebody is. */
@ExtendWith(SharedChat.class)
class ReceiptVisibilityTest {
  private final Chat chat;

  ReceiptVisibilityTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void whoKeepsReadingToThemselvesIsNotShownOthersEither() {
    Friends friends = Receipts.written(chat, 2);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 1)).require(200);
    readReceipts(friends.ben(), false);
    try (Phone ann = friends.ann().phone();
        Phone ben = friends.ben().phone()) {
      Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);

      ben.awaitEvent("message:read");
      assertThat(ann.awaitEvent("message:delivered").data().path("seq").asInt()).isEqualTo(2);
      assertThat(ann.everythingSoFar()).hasSize(1);
      friends.ben().send(friends.conversation(), "three").require(201);
      Receipts.move(friends.ann(), friends.conversation(), Map.of("readSeq", 3)).require(200);
      assertThat(ben.awaitEvent("message:delivered").data().path("seq").asInt()).isEqualTo(3);
      assertThat(ben.received("message:read")).hasSize(1);
    }
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/3", friends.ben().id(), "3/"));
    assertThat(Receipts.of(friends.ben(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/", friends.ben().id(), "3/3"));
    assertThat(seenBy(friends.ben(), friends.conversation()).path("lastReadSeq").asInt())
        .isEqualTo(3);
    readReceipts(friends.ben(), true);
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation()))
        .isEqualTo(seenBy(friends.ann(), friends.conversation()));
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "3/3");
  }

  @Test
  void aBlockLooksLikeSilenceToBothInTheConversationAndInGroups() {
    Team team = Team.meet(chat);
    String direct = team.ann().converse(team.ben());
    team.ann().send(direct, "one").require(201);
    team.ben().send(direct, "two").require(201);
    Receipts.move(team.ann(), direct, Map.of("deliveredSeq", 2)).require(200);
    Map<String, String> before = Receipts.of(team.ben(), direct);
    Map<String, String> inGroup = Receipts.of(team.ben(), team.id());
    JsonNode bens = seenBy(team.ben(), direct);
    Mirror mirror = new Mirror(team.ben());
    team.ann().block(team.ben()).require(200);
    mirror.catchUp(50);
    try (Phone ben = team.ben().phone();
        Phone cem = team.cem().phone()) {
      Receipts.move(team.ann(), direct, Map.of("readSeq", 2)).require(200);
      Receipts.move(team.ann(), team.id(), Map.of("readSeq", 1)).require(200);
      Receipts.move(team.cem(), team.id(), Map.of("readSeq", 1)).require(200);
      ben.await("what Cem read", frame -> frame.is("message:read"));
      assertThat(ben.received("message:read"))
          .extracting(frame -> frame.data().path("userId").asText())
          .containsExactly(team.cem().id());
      cem.awaitEvent("message:read");
    }
    assertThat(Receipts.of(team.ben(), direct)).isEqualTo(before);
    assertThat(seenBy(team.ben(), direct)).isEqualTo(bens);
    assertThat(Receipts.of(team.ben(), team.id()).get(team.ann().id()))
        .isEqualTo(inGroup.get(team.ann().id()));
    mirror.catchUp(50);
    assertThat(mirror.known("CONVERSATION").get(direct)).isEqualTo(bens);

    team.ann().unblock(team.ben()).requireDone();

    assertThat(Receipts.of(team.ben(), direct)).containsEntry(team.ann().id(), "2/2");
    mirror.catchUp(50);
    assertThat(mirror.known("CONVERSATION").get(direct)).isEqualTo(seenBy(team.ben(), direct));
    assertThat(mirror.known("RECEIPT").get(team.id()))
        .isEqualTo(Receipts.read(team.ben(), team.id()));
  }

  @Test
  void nobodyCanTellAPrivateReadInAGroupFromNone() {
    Team team = Team.meet(chat);
    readReceipts(team.ben(), false);
    Receipts.move(team.ben(), team.id(), Map.of("deliveredSeq", 1)).require(200);
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);
    try (Phone ann = team.ann().phone()) {
      Receipts.move(team.ben(), team.id(), Map.of("readSeq", 1)).require(200);
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
  }

  @Test
  void countsAreGivenForAnyMessage() {
    Team team = Team.meet(chat);
    team.ann().send(team.id(), "two").require(201);
    Receipts.move(team.ben(), team.id(), Map.of("deliveredSeq", 2, "readSeq", 1)).require(200);
    Receipts.move(team.cem(), team.id(), Map.of("readSeq", 2)).require(200);

    assertThat(counts(team.ann(), team.id(), "?seq=1"))
        .isEqualTo(Json.read("{\"seq\": 1, \"delivered\": 2, \"read\": 2}"));
    assertThat(counts(team.ann(), team.id(), "?seq=2"))
        .isEqualTo(Json.read("{\"seq\": 2, \"delivered\": 2, \"read\": 1}"));
    readReceipts(team.cem(), false);
    assertThat(counts(team.ann(), team.id(), "?seq=2"))
        .isEqualTo(Json.read("{\"seq\": 2, \"delivered\": 2, \"read\": 0}"));
    assertThat(counts(team.cem(), team.id(), "?seq=1"))
        .isEqualTo(Json.read("{\"seq\": 1, \"delivered\": 2}"));
  }

  @Test
  void inAGroupOfMoreThanFiftyOnlyOnesOwnDevicesAreToldAndOthersGetCounts() {
    Team team = Team.meet(chat);
    try (Database database = chat.openDatabase()) {
      database.run(
          """
          with strangers as (
            insert into users (id, email, name, password_hash, created_at)
            select gen_random_uuid(), 'crowd' || n || '%1$s@example.org', 'Crowd', 'x', now()
            from generate_series(1, 48) n
            returning id
          ), seated as (
            insert into participants (conversation_id, user_id, joined_at, shares_feed)
            select '%1$s', id, now(), true from strangers
          )
          update conversations set member_count = 51 where id = '%1$s'
          """
              .formatted(team.id()));
    }
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);
    try (Phone ann = team.ann().phone();
        Phone ben = team.ben().phone()) {
      Receipts.move(team.ben(), team.id(), Map.of("readSeq", 1)).require(200);
      ben.awaitEvent("message:read");
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
    assertThat(counts(team.ann(), team.id(), ""))
        .isEqualTo(Json.read("{\"seq\": 1, \"delivered\": 1, \"read\": 1}"));
  }

  @Test
  void aGroupThatPassesFiftyMembersShowsCountsAndReceiptsAgainWhenItIsSmaller() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    String token =
        team.ann()
            .api()
            .post("/groups/" + team.id() + "/invites", Map.of())
            .require(201)
            .path("token")
            .asText();
    team.crowd(47);
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);
    Receipts.move(team.ben(), team.id(), Map.of("readSeq", 1)).require(200);
    assertThat(Receipts.of(team.ann(), team.id())).hasSize(50);
    mustHaveReceipts(anns, team);

    team.add(team.ann(), dan).require(201);
    mustHaveCounts(anns, team);
    Receipts.move(team.cem(), team.id(), Map.of("readSeq", 1)).require(200);

    team.remove(team.ann(), dan).requireDone();
    assertThat(Receipts.of(team.ann(), team.id()))
        .containsEntry(team.cem().id(), "1/1")
        .hasSize(50);
    mustHaveReceipts(anns, team);

    team.add(team.ann(), dan).require(201);
    team.leave(dan).requireDone();
    dan.api().post("/invites/join", Map.of("token", token)).require(201);
    mustHaveCounts(anns, team);
    team.leave(dan).requireDone();
    mustHaveReceipts(anns, team);
  }

  private static void mustHaveReceipts(Mirror mirror, Team team) {
    mirror.catchUp(50);
    assertThat(mirror.known("RECEIPT").get(team.id()))
        .isEqualTo(Receipts.read(team.ann(), team.id()));
  }

  private static void mustHaveCounts(Mirror mirror, Team team) {
    JsonNode read = Receipts.read(team.ann(), team.id());
    assertThat(read.has("receipts")).isFalse();
    assertThat(read.path("counts").isObject()).isTrue();
    mirror.catchUp(50);
    assertThat(mirror.known("RECEIPT")).doesNotContainKey(team.id());
  }

  @Test
  void aPrivateReadIsInNobodysListAndInNobodysSync() {
    Friends friends = Receipts.written(chat, 2);
    friends.ben().send(friends.conversation(), "three").require(201);
    Map<Person, Mirror> mirrors =
        Map.of(friends.ann(), new Mirror(friends.ann()), friends.ben(), new Mirror(friends.ben()));
    mirrors.values().forEach(mirror -> mirror.catchUp(50));

    readReceipts(friends.ben(), false);
    Receipts.move(friends.ann(), friends.conversation(), Map.of("readSeq", 3)).require(200);

    mirrors.forEach(
        (person, mirror) -> {
          JsonNode listed = person.list("/conversations").getFirst();
          assertThat(listed.at("/otherReceipt/deliveredSeq").asInt()).isEqualTo(3);
          assertThat(listed.path("otherReceipt").path("readSeq").isNumber()).isFalse();
          assertThat(listed.path("lastReadSeq").asInt()).isEqualTo(3);
          mirror.catchUp(50);
          assertThat(mirror.known("CONVERSATION").get(friends.conversation())).isEqualTo(listed);
        });

    readReceipts(friends.ben(), true);
    mirrors.forEach(
        (person, mirror) -> {
          JsonNode listed = person.list("/conversations").getFirst();
          assertThat(listed.at("/otherReceipt/readSeq").asInt()).isEqualTo(3);
          mirror.catchUp(50);
          assertThat(mirror.known("CONVERSATION").get(friends.conversation())).isEqualTo(listed);
        });
  }

  private static void readReceipts(Person person, boolean shown) {
    JsonNode settings =
        person.api().patch("/users/me/settings", Map.of("readReceipts", shown)).require(200);
    assertThat(settings.path("readReceipts").asBoolean()).isEqualTo(shown);
  }

  private static JsonNode counts(Person by, String conversation, String query) {
    return by.api()
        .get("/conversations/" + conversation + "/receipts" + query)
        .require(200)
        .path("counts");
  }

  private static JsonNode seenBy(Person person, String conversation) {
    return person.api().get("/conversations/" + conversation).require(200);
  }
}
