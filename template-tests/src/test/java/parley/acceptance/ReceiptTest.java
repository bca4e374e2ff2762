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
    Friends friends = Receipts.written(chat, 3);
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
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .isEqualTo(Map.of(friends.ann().id(), "3/3", friends.ben().id(), "3/2"));
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation())).isEqualTo(seen);
  }

  @Test
  void whatIsReadIsDeliveredAndIsToldOnce() {
    Friends friends = Receipts.written(chat, 2);
    try (Phone ann = friends.ann().phone()) {
      Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);
      ann.awaitEvent("message:read");
      assertThat(ann.everythingSoFar()).hasSize(1);
    }
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "2/2");
  }

  @Test
  void goingBackIsNoErrorAndChangesNothing() {
    Friends friends = Receipts.written(chat, 3);
    Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 2)).require(200);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone ann = friends.ann().phone()) {
      JsonNode again =
          Receipts.move(
                  friends.ben(), friends.conversation(), Map.of("deliveredSeq", 1, "readSeq", 0))
              .require(200);
      assertThat(again.path("deliveredSeq").asInt()).isEqualTo(2);
      assertThat(again.path("readSeq").asInt()).isEqualTo(2);
      assertThat(ann.everythingSoFar()).isEmpty();
    }
    assertThat(anns.page(50).path("items")).isEmpty();
  }

  @Test
  void aSeqPastTheLastMessageIsRefusedAndAStrangersConversationIsNotThere() {
    Friends friends = Receipts.written(chat, 2);
    Person eve = Person.register(chat, "Eve");
    String path = "/conversations/" + friends.conversation() + "/receipts";

    Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 3))
        .mustRefuse(400, "SEQ_OUT_OF_RANGE");
    long last = (1L << 53) - 1;
    Receipts.move(friends.ben(), friends.conversation(), Map.of("deliveredSeq", last))
        .mustRefuse(400, "SEQ_OUT_OF_RANGE");
    Receipts.move(friends.ben(), friends.conversation(), Map.of("deliveredSeq", last + 1))
        .mustRefuse(400, "VALIDATION_FAILED");
    friends.ben().api().get(path + "?seq=3").mustRefuse(400, "SEQ_OUT_OF_RANGE");
    friends.ben().api().get(path + "?seq=-1").mustRefuse(400, "VALIDATION_FAILED");
    friends.ben().api().get(path + "?seq=x").mustRefuse(400, "VALIDATION_FAILED");
    Receipts.move(friends.ben(), friends.conversation(), Map.of())
        .mustRefuse(400, "VALIDATION_FAILED");
    for (String id : List.of(friends.conversation(), UUID.randomUUID().toString())) {
      Receipts.move(eve, id, Map.of("readSeq", 9)).mustRefuse(404, "CONVERSATION_NOT_FOUND");
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
    assertThat(Receipts.of(friends.ben(), friends.conversation()))
        .containsEntry(friends.ben().id(), "0/0");
  }

  @Test
  void joiningMarksReadByItsFlagAndNeverByItself() {
    Friends friends = Receipts.written(chat, 2);
    friends
        .ben()
        .api()
        .patch("/conversations/" + friends.conversation(), Map.of("markedUnread", true))
        .require(200);
    try (Phone ben = friends.ben().phone();
        Phone ann = friends.ann().phone()) {
      ben.request("join_conversation", friends.conversation()).acked();
      ben.request("join_conversation", Map.of("conversationId", friends.conversation())).acked();
      assertThat(Receipts.of(friends.ben(), friends.conversation()))
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
    Friends friends = Receipts.written(chat, 2);
    Person ben = friends.ben();
    Person cem = Person.register(chat, "Cem");
    cem.befriend(ben);
    String second = cem.converse(ben);
    cem.send(second, "one").require(201);
    String foreign = UUID.randomUUID().toString();

    several(ben, Map.of(friends.conversation(), 2, second, 2)).mustRefuse(400, "SEQ_OUT_OF_RANGE");
    assertThat(Receipts.of(ben, friends.conversation())).containsEntry(ben.id(), "0/0");
    JsonNode answer =
        several(ben, Map.of(friends.conversation(), 2, second, 1, foreign, 1)).require(200);

    assertThat(answer).hasSize(2);
    assertThat(Receipts.of(friends.ann(), friends.conversation())).containsEntry(ben.id(), "2/0");
    assertThat(Receipts.of(cem, second)).containsEntry(ben.id(), "1/0");
    Map<String, Object> item = Map.of("conversationId", second, "deliveredSeq", 1);
    ben.api()
        .post("/receipts", Map.of("receipts", List.of(item, item)))
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void theDatabaseHoldsTheRules() {
    Friends friends = Receipts.written(chat, 2);
    Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 1)).require(200);
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

    assertThat(Receipts.of(team.ann(), team.id()))
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
    Friends friends = Receipts.written(chat, 2);
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

  private static Map<String, Object> seq(Friends friends, long seq) {
    return Map.of("conversationId", friends.conversation(), "seq", seq);
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

  private static JsonNode seenBy(Person person, String conversation) {
    return person.api().get("/conversations/" + conversation).require(200);
  }
}
