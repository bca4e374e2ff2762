package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;

/** Up to where everybody has received and read a conversation. */
@ExtendWith(SharedChat.class)
class ReceiptTest {
  private final Chat chat;

  ReceiptTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void whoSentIsToldWhatWasDeliveredAndThenRead() {
    Friends friends = written(3);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone ann = friends.ann().phone();
        Phone ben = friends.ben().phone();
        Phone other = friends.ben().phone()) {
      JsonNode acked = ben.request("message_delivered", seq(friends, 3)).acked();

      assertThat(acked)
          .isEqualTo(
              Json.read(
                  Json.write(
                      Map.of(
                          "conversationId", friends.conversation(),
                          "deliveredSeq", 3,
                          "readSeq", 0))));
      for (Phone phone : List.of(ann, other)) {
        JsonNode told = phone.awaitEvent("message:delivered").data();
        assertThat(told.path("seq").asInt()).isEqualTo(3);
        assertThat(told.path("userId").asText()).isEqualTo(friends.ben().id());
        assertThat(told.path("conversationId").asText()).isEqualTo(friends.conversation());
      }
      ben.request("message_read", seq(friends, 2)).acked();
      for (Phone phone : List.of(ann, other)) {
        assertThat(phone.awaitEvent("message:read").data().path("seq").asInt()).isEqualTo(2);
      }
      assertThat(ann.received("message:delivered")).hasSize(1);
    }
    JsonNode seen = seenBy(friends.ann(), friends.conversation());
    assertThat(seen.at("/otherReceipt/deliveredSeq").asInt()).isEqualTo(3);
    assertThat(seen.at("/otherReceipt/readSeq").asInt()).isEqualTo(2);
    assertThat(seenBy(friends.ben(), friends.conversation()).path("lastReadSeq").asInt())
        .isEqualTo(2);
    assertThat(receipts(friends.ann(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/3", friends.ben().id(), "3/2"));
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation())).isEqualTo(seen);
  }

  @Test
  void whatIsReadIsDeliveredAndIsToldOnce() {
    Friends friends = written(2);
    try (Phone ann = friends.ann().phone()) {
      move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);
      ann.awaitEvent("message:read");
      assertThat(ann.everythingSoFar()).hasSize(1);
    }
    assertThat(receipts(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "2/2");
  }

  @Test
  void goingBackIsNoErrorAndChangesNothing() {
    Friends friends = written(3);
    move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone ann = friends.ann().phone()) {
      JsonNode again =
          move(friends.ben(), friends.conversation(), Map.of("deliveredSeq", 1, "readSeq", 0))
              .require(200);
      assertThat(again.path("deliveredSeq").asInt()).isEqualTo(2);
      assertThat(again.path("readSeq").asInt()).isEqualTo(2);
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
  }

  @Test
  void aSeqPastTheLastMessageIsRefusedAndAStrangersConversationIsNotThere() {
    Friends friends = written(2);
    Person eve = Person.register(chat, "Eve");
    String path = "/conversations/" + friends.conversation() + "/receipts";

    move(friends.ben(), friends.conversation(), Map.of("readSeq", 3))
        .mustRefuse(400, "SEQ_OUT_OF_RANGE");
    move(friends.ben(), friends.conversation(), Map.of("deliveredSeq", Long.MAX_VALUE))
        .mustRefuse(400, "SEQ_OUT_OF_RANGE");
    friends.ben().api().get(path + "?seq=3").mustRefuse(400, "SEQ_OUT_OF_RANGE");
    friends.ben().api().get(path + "?seq=-1").mustRefuse(400, "VALIDATION_FAILED");
    friends.ben().api().get(path + "?seq=x").mustRefuse(400, "VALIDATION_FAILED");
    move(friends.ben(), friends.conversation(), Map.of()).mustRefuse(400, "VALIDATION_FAILED");
    for (String id : List.of(friends.conversation(), UUID.randomUUID().toString())) {
      move(eve, id, Map.of("readSeq", 9)).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      eve.api().get("/conversations/" + id + "/receipts").mustRefuse(404, "CONVERSATION_NOT_FOUND");
    }
    try (Phone ben = friends.ben().phone();
        Phone eves = eve.phone()) {
      ben.request("message_read", seq(friends, 3)).mustRefuse("SEQ_OUT_OF_RANGE");
      eves.request("message_delivered", seq(friends, 1)).mustRefuse("CONVERSATION_NOT_FOUND");
      Map<String, Object> joining =
          Map.of("conversationId", friends.conversation(), "markRead", true);
      eves.request("join_conversation", joining).mustRefuse("CONVERSATION_NOT_FOUND");
    }
    assertThat(receipts(friends.ben(), friends.conversation()))
        .containsEntry(friends.ben().id(), "0/0");
  }

  @Test
  void joiningMarksReadByItsFlagAndNeverByItself() {
    Friends friends = written(2);
    friends
        .ben()
        .api()
        .patch("/conversations/" + friends.conversation(), Map.of("markedUnread", true))
        .require(200);
    try (Phone ben = friends.ben().phone();
        Phone ann = friends.ann().phone()) {
      ben.request("join_conversation", friends.conversation()).acked();
      ben.request("join_conversation", Map.of("conversationId", friends.conversation())).acked();
      assertThat(receipts(friends.ben(), friends.conversation()))
          .containsEntry(friends.ben().id(), "0/0");

      Map<String, Object> joining =
          Map.of("conversationId", friends.conversation(), "markRead", true);
      assertThat(ben.request("join_conversation", joining).acked())
          .isEqualTo(Json.read(Json.write(Map.of("conversationId", friends.conversation()))));
      assertThat(ann.awaitEvent("message:read").data().path("seq").asInt()).isEqualTo(2);
    }
    JsonNode seen = seenBy(friends.ben(), friends.conversation());
    assertThat(seen.path("lastReadSeq").asInt()).isEqualTo(2);
    assertThat(seen.at("/settings/markedUnread").asBoolean()).isFalse();
  }

  @Test
  void severalConversationsAreToldOfAtOnceAllOrNone() {
    Friends friends = written(2);
    Person ben = friends.ben();
    Person cem = Person.register(chat, "Cem");
    cem.befriend(ben);
    String second = cem.converse(ben);
    cem.send(second, "one").require(201);
    String foreign = UUID.randomUUID().toString();

    several(ben, Map.of(friends.conversation(), 2, second, 2)).mustRefuse(400, "SEQ_OUT_OF_RANGE");
    assertThat(receipts(ben, friends.conversation())).containsEntry(ben.id(), "0/0");
    JsonNode answer =
        several(ben, Map.of(friends.conversation(), 2, second, 1, foreign, 1)).require(200);

    assertThat(answer).hasSize(2);
    assertThat(receipts(friends.ann(), friends.conversation())).containsEntry(ben.id(), "2/0");
    assertThat(receipts(cem, second)).containsEntry(ben.id(), "1/0");
    Map<String, Object> item = Map.of("conversationId", second, "deliveredSeq", 1);
    ben.api()
        .post("/receipts", Map.of("receipts", List.of(item, item)))
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void whoKeepsReadingToThemselvesIsNotShownOthersEither() {
    Friends friends = written(2);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    move(friends.ben(), friends.conversation(), Map.of("readSeq", 1)).require(200);
    readReceipts(friends.ben(), false);
    try (Phone ann = friends.ann().phone();
        Phone ben = friends.ben().phone()) {
      move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);

      ben.awaitEvent("message:read");
      assertThat(ann.awaitEvent("message:delivered").data().path("seq").asInt()).isEqualTo(2);
      assertThat(ann.everythingSoFar()).hasSize(1);
      friends.ben().send(friends.conversation(), "three").require(201);
      move(friends.ann(), friends.conversation(), Map.of("readSeq", 3)).require(200);
      assertThat(ben.awaitEvent("message:delivered").data().path("seq").asInt()).isEqualTo(3);
      assertThat(ben.received("message:read")).hasSize(1);
    }
    assertThat(receipts(friends.ann(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/3", friends.ben().id(), "3/"));
    assertThat(receipts(friends.ben(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/", friends.ben().id(), "3/3"));
    assertThat(seenBy(friends.ben(), friends.conversation()).path("lastReadSeq").asInt())
        .isEqualTo(3);
    readReceipts(friends.ben(), true);
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation()))
        .isEqualTo(seenBy(friends.ann(), friends.conversation()));
    assertThat(receipts(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "3/3");
  }

  @Test
  void aBlockLooksLikeSilenceToBothInTheConversationAndInGroups() {
    Team team = Team.meet(chat);
    String direct = team.ann().converse(team.ben());
    team.ann().send(direct, "one").require(201);
    team.ben().send(direct, "two").require(201);
    move(team.ann(), direct, Map.of("deliveredSeq", 2)).require(200);
    Map<String, String> before = receipts(team.ben(), direct);
    Map<String, String> inGroup = receipts(team.ben(), team.id());
    JsonNode bens = seenBy(team.ben(), direct);
    Mirror mirror = new Mirror(team.ben());
    team.ann().block(team.ben()).require(200);
    mirror.catchUp(50);
    try (Phone ben = team.ben().phone();
        Phone cem = team.cem().phone()) {
      move(team.ann(), direct, Map.of("readSeq", 2)).require(200);
      move(team.ann(), team.id(), Map.of("readSeq", 1)).require(200);
      move(team.cem(), team.id(), Map.of("readSeq", 1)).require(200);
      ben.await("what Cem read", frame -> frame.is("message:read"));
      assertThat(ben.received("message:read"))
          .extracting(frame -> frame.data().path("userId").asText())
          .containsExactly(team.cem().id());
      cem.awaitEvent("message:read");
    }
    assertThat(receipts(team.ben(), direct)).isEqualTo(before);
    assertThat(seenBy(team.ben(), direct)).isEqualTo(bens);
    assertThat(receipts(team.ben(), team.id()).get(team.ann().id()))
        .isEqualTo(inGroup.get(team.ann().id()));
    mirror.catchUp(50);
    assertThat(mirror.known("CONVERSATION").get(direct)).isEqualTo(bens);

    team.ann().unblock(team.ben()).requireDone();

    assertThat(receipts(team.ben(), direct)).containsEntry(team.ann().id(), "2/2");
    mirror.catchUp(50);
    assertThat(mirror.known("CONVERSATION").get(direct)).isEqualTo(seenBy(team.ben(), direct));
    assertThat(mirror.known("RECEIPT").get(team.id())).isEqualTo(read(team.ben(), team.id()));
  }

  @Test
  void nobodyCanTellAPrivateReadInAGroupFromNone() {
    Team team = Team.meet(chat);
    readReceipts(team.ben(), false);
    move(team.ben(), team.id(), Map.of("deliveredSeq", 1)).require(200);
    Mirror anns = new Mirror(team.ann());
    anns.catchUp(50);
    try (Phone ann = team.ann().phone()) {
      move(team.ben(), team.id(), Map.of("readSeq", 1)).require(200);
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
  }

  @Test
  void countsAreGivenForAnyMessage() {
    Team team = Team.meet(chat);
    team.ann().send(team.id(), "two").require(201);
    move(team.ben(), team.id(), Map.of("deliveredSeq", 2, "readSeq", 1)).require(200);
    move(team.cem(), team.id(), Map.of("readSeq", 2)).require(200);

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
      move(team.ben(), team.id(), Map.of("readSeq", 1)).require(200);
      ben.awaitEvent("message:read");
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
    assertThat(counts(team.ann(), team.id(), ""))
        .isEqualTo(Json.read("{\"seq\": 1, \"delivered\": 1, \"read\": 1}"));
  }

  @Test
  void theDatabaseHoldsTheRules() {
    Friends friends = written(2);
    move(friends.ben(), friends.conversation(), Map.of("readSeq", 1)).require(200);
    String where =
        " where conversation_id = '%s' and user_id = '%s'"
            .formatted(friends.conversation(), friends.ben().id());
    try (Database database = chat.openDatabase()) {
      for (String change :
          List.of(
              "last_read_seq = 2",
              "last_delivered_seq = 3",
              "last_read_seq = 0",
              "last_read_seq = 0, last_delivered_seq = 0")) {
        assertThatThrownBy(() -> database.run("update participants set " + change + where))
            .as(change)
            .hasMessageContaining("23514");
      }
      assertThatThrownBy(
              () ->
                  database.run(
                      "update conversations set last_seq = 1 where id = '%s'"
                          .formatted(friends.conversation())))
          .hasMessageContaining("23514");
    }
  }

  @Test
  void newcomersAndWhoClearsTheHistoryHaveReceivedAllOfIt() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    team.add(team.ann(), dan).require(201);
    team.ann().send(team.id(), "three").require(201);
    team.cem().api().delete("/conversations/" + team.id() + "/messages").require(200);

    assertThat(receipts(team.ann(), team.id()))
        .isEqualTo(
            Map.of(
                team.ann().id(), "3/3",
                team.ben().id(), "0/0",
                team.cem().id(), "3/3",
                dan.id(), "1/1"));
  }

  @ParameterizedTest
  @EnumSource
  void stockSocketIoClientsSendAndGetReceipts(Kind kind) {
    Friends friends = written(2);
    try (SocketIoDevice ann = kind.connect(chat, friends.ann().accessToken());
        SocketIoDevice ben = kind.connect(chat, friends.ben().accessToken())) {
      ann.awaitConnects(1);
      ben.awaitConnects(1);
      assertThat(ben.ask("message_delivered", seq(friends, 2)).path("deliveredSeq").asInt())
          .isEqualTo(2);
      assertThat(ann.awaitEvent("message:delivered").path("seq").asInt()).isEqualTo(2);
      assertThat(ben.ask("message_read", seq(friends, 2)).path("readSeq").asInt()).isEqualTo(2);
      JsonNode told = ann.awaitEvent("message:read");
      assertThat(told.path("seq").asInt()).isEqualTo(2);
      assertThat(told.path("userId").asText()).isEqualTo(friends.ben().id());
      assertThat(ben.ask("message_read", seq(friends, 3)).at("/error/code").asText())
          .isEqualTo("SEQ_OUT_OF_RANGE");
    }
  }

  /** Two friends of whom Ann has written so much. */
  private Friends written(int messages) {
    Friends friends = Friends.meet(chat);
    for (int i = 1; i <= messages; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }
    return friends;
  }

  private static Map<String, Object> seq(Friends friends, long seq) {
    return Map.of("conversationId", friends.conversation(), "seq", seq);
  }

  private static Response move(Person by, String conversation, Map<String, ?> progress) {
    return Receipts.move(by, conversation, progress);
  }

  private static Map<String, String> receipts(Person by, String conversation) {
    return Receipts.of(by, conversation);
  }

  private static JsonNode read(Person by, String conversation) {
    return Receipts.read(by, conversation);
  }

  private static Response several(Person by, Map<String, Integer> delivered) {
    return by.api()
        .post(
            "/receipts",
            Map.of(
                "receipts",
                delivered.entrySet().stream()
                    .map(
                        entry ->
                            Map.of(
                                "conversationId", entry.getKey(), "deliveredSeq", entry.getValue()))
                    .toList()));
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
