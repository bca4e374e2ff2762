package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How each participant keeps a conversation for themselves, and messages that disappear. */
@ExtendWith(SharedChat.class)
class InboxTest {
  private final Chat chat;

  InboxTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void settingsAreKeptForOneselfOnlyAndToldToOnesOwnDevices() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    JsonNode bens = friends.ben().list("/conversations").getFirst();
    try (Phone ann = friends.ann().phone();
        Phone ben = friends.ben().phone()) {
      JsonNode kept =
          change(friends, "{\"mutedUntil\": \"2999-12-31T00:00:00Z\", \"pinned\": true}")
              .require(200);

      assertThat(kept.at("/settings/mutedUntil").asText()).isEqualTo("2999-12-31T00:00:00.000Z");
      assertThat(kept.at("/settings/pinnedAt").isTextual()).isTrue();
      assertThat(ann.awaitEvent("conversation:updated").data()).isEqualTo(kept);
      assertThat(ben.everythingSoFar()).isEmpty();
      assertThat(change(friends, "{\"pinned\": true}").require(200)).isEqualTo(kept);
    }
    assertThat(friends.ben().list("/conversations").getFirst()).isEqualTo(bens);
    change(friends, "{\"archived\": true, \"markedUnread\": true}").require(200);
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation()))
        .isEqualTo(friends.ann().list("/conversations").getFirst());
    friends.ann().send(friends.conversation(), "writing reads").require(201);
    anns.catchUp(50);
    assertThat(anns.known("CONVERSATION").get(friends.conversation()))
        .isEqualTo(friends.ann().list("/conversations").getFirst());
    JsonNode settings =
        change(friends, "{\"mutedUntil\": null, \"archived\": false, \"pinned\": false}")
            .require(200)
            .path("settings");
    assertThat(settings)
        .isEqualTo(
            Json.read(
                """
                {"mutedUntil": null, "archived": false, "pinnedAt": null, "markedUnread": false}
                """));
  }

  @Test
  void aNewMessageOfTheOtherLeavesTheSettingsAsTheyAre() {
    Friends friends = Friends.meet(chat);
    JsonNode kept =
        change(friends, "{\"archived\": true, \"markedUnread\": true, \"pinned\": true}")
            .require(200)
            .path("settings");

    friends.ben().send(friends.conversation(), "hello").require(201);

    assertThat(friends.ann().list("/conversations").getFirst().path("settings")).isEqualTo(kept);
  }

  @Test
  void whoClearsTheHistoryIsUpToDateBySync() {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "old").require(201);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);

    clear(friends).require(200);
    friends.ben().send(friends.conversation(), "new").require(201);

    anns.catchUp(50);
    anns.mustBeUpToDate();
    assertThat(anns.messages(friends.conversation())).hasSize(1);
  }

  @Test
  void aClearedHistoryIsGoneForOneselfAndThereForTheOther() {
    Friends friends = Friends.meet(chat);
    friends.ben().send(friends.conversation(), "old").require(201);
    friends.ben().send(friends.conversation(), "older").require(201);
    Mirror anns = new Mirror(friends.ann());

    JsonNode cleared = clear(friends).require(200);

    assertThat(cleared.path("lastMessage").isNull()).isTrue();
    assertThat(cleared.path("visibleFromSeq").asInt()).isEqualTo(2);
    assertThat(cleared.path("lastReadSeq").asInt()).isEqualTo(2);
    assertThat(friends.ann().history(friends.conversation())).isEmpty();
    assertThat(friends.ben().contents(friends.conversation())).containsExactly("older", "old");
    anns.catchUp(50);
    assertThat(anns.known("MESSAGE")).isEmpty();
    friends.ben().send(friends.conversation(), "new").require(201);
    assertThat(friends.ann().contents(friends.conversation())).containsExactly("new");
    JsonNode seen = friends.ann().list("/conversations").getFirst();
    assertThat(seen.path("lastMessage").asText()).isEqualTo("new");
    assertThat(seen.path("lastReadSeq").asInt()).isEqualTo(2);
  }

  @Test
  void bothOfTwoMayLetMessagesDisappearAndBothAreTold() {
    Friends friends = Friends.meet(chat);
    friends.ann().send(friends.conversation(), "stays").require(201);
    try (Phone ann = friends.ann().phone()) {
      disappear(friends.ben(), friends.conversation(), "86400").require(200);

      ann.awaitMessage(Sentence.of("{Ben} let messages disappear after 24 hours"));
    }
    JsonNode sent = friends.ann().send(friends.conversation(), "goes").require(201);
    assertThat(sent.at("/message/expiresAt").isTextual()).isTrue();
    disappear(friends.ann(), friends.conversation(), "86400").require(200);
    disappear(friends.ann(), friends.conversation(), "null").require(200);
    JsonNode stays = friends.ann().send(friends.conversation(), "stays too").require(201);
    assertThat(stays.path("message").has("expiresAt")).isFalse();
    assertThat(friends.ben().history(friends.conversation())).hasSize(5);
  }

  @Test
  void whatHasDisappearedIsShownToNobodyAndRemovedWithTheNextMessage() {
    Friends friends = Friends.meet(chat);
    disappear(friends.ann(), friends.conversation(), "3600").require(200);
    String id =
        friends
            .ann()
            .send(friends.conversation(), "secret")
            .require(201)
            .at("/message/id")
            .asText();
    Mirror bens = new Mirror(friends.ben());
    try (Database database = chat.openDatabase()) {
      database.run(
          "update messages set expires_at = now() - interval '1 second' where id = '%s'"
              .formatted(id));

      assertThat(friends.ben().contents(friends.conversation())).doesNotContain("secret");
      JsonNode seen = friends.ben().list("/conversations").getFirst();
      assertThat(seen.path("lastMessage").asText())
          .startsWith(Sentence.of("{Ann} let messages disappear"));
      assertThat(seen.path("lastReadSeq").asInt()).as("nothing is unread").isEqualTo(2);
      friends
          .ben()
          .api()
          .get("/messages?conversationId=" + friends.conversation() + "&cursor=" + id)
          .mustRefuse(400, "INVALID_CURSOR");
      bens.catchUp(50);
      assertThat(bens.known("MESSAGE")).doesNotContainKey(id);
      String stored = "select cast(id as text) from messages where id = '%s'".formatted(id);
      assertThat(database.run(stored)).hasSize(1);

      friends.ben().send(friends.conversation(), "next").require(201);

      assertThat(database.run(stored)).isEmpty();
    }
    assertThat(friends.ann().history(friends.conversation()).stream().map(Mirror::seq))
        .as("a removed message leaves its number empty")
        .containsExactly(3L, 1L);
  }

  @Test
  void whatHasDisappearedInASilentConversationIsRemovedAtNight() {
    Friends friends = Friends.meet(chat);
    disappear(friends.ann(), friends.conversation(), "3600").require(200);
    friends.ann().send(friends.conversation(), "goes").require(201);
    try (Database database = chat.openDatabase()) {
      database.run(
          "update messages set expires_at = now() - interval '1 second' where content = 'goes'");
      Instant night =
          chat.clock().instant().atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant();
      String stored =
          "select content from messages where conversation_id = '%s' and content = 'goes'"
              .formatted(friends.conversation());

      chat.runScheduled("SweepFunction", night.plus(Duration.ofMinutes(1)));
      assertThat(database.run(stored)).as("at another time of day").hasSize(1);
      chat.runScheduled("SweepFunction", night);

      assertThat(database.run(stored)).isEmpty();
    }
  }

  @Test
  void inAGroupOnlyAnAdminLetsMessagesDisappear() {
    Team team = Team.meet(chat);

    disappear(team.ben(), team.id(), "3600").mustRefuse(403, "ROLE_REQUIRED");
    disappear(team.ann(), team.id(), "5400").require(200);

    assertThat(team.ben().contents(team.id()).getFirst())
        .isEqualTo(Sentence.of("{Ann} let messages disappear after 1.5 hours"));
  }

  @Test
  void aConversationOfOthersIsKeptAsIfItDidNotExist() {
    Friends friends = Friends.meet(chat);
    Friends strangers = Friends.meet(chat);
    for (String id : List.of(friends.conversation(), UUID.randomUUID().toString())) {
      Friends foreign = new Friends(strangers.ann(), strangers.ben(), id);
      change(foreign, "{\"archived\": true}").mustRefuse(404, "CONVERSATION_NOT_FOUND");
      clear(foreign).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      disappear(foreign.ann(), id, "3600").mustRefuse(404, "CONVERSATION_NOT_FOUND");
      foreign.ann().api().get("/conversations/" + id).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"mutedUntil\": \"tomorrow\"}",
        "{\"mutedUntil\": \"2026-13-01T00:00:00Z\"}",
        "{\"mutedUntil\": \"2026-11-22T24:00:00Z\"}",
        "{\"mutedUntil\": \"2026-12-31T23:59:60Z\"}",
        "{\"mutedUntil\": \"2026-11-22T10:15:30+00:00\"}",
        "{\"mutedUntil\": \"2026-02-29T00:00:00Z\"}",
        "{\"mutedUntil\": \"0000-01-01T00:00:00Z\"}",
        "{\"mutedUntil\": 7}",
        "{\"archived\": \"yes\"}",
        "{\"pinned\": 1}",
        "{\"pinnedAt\": null}"
      })
  void settingsAgainstTheRulesChangeNothing(String body) {
    Friends friends = Friends.meet(chat);
    change(friends, body).mustRefuse(400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3599", "7776001", "-1", "1.5", "\"day\"", "9223372036854775807"})
  void messagesDisappearAfterAnHourTo90Days(String seconds) {
    Friends friends = Friends.meet(chat);
    disappear(friends.ann(), friends.conversation(), seconds).mustRefuse(400, "VALIDATION_FAILED");
    friends
        .ann()
        .api()
        .put("/conversations/" + friends.conversation() + "/disappearing", Map.of())
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  private static Response change(Friends friends, String body) {
    return friends.ann().api().call("PATCH", "/conversations/" + friends.conversation(), body);
  }

  private static Response clear(Friends friends) {
    return friends.ann().api().delete("/conversations/" + friends.conversation() + "/messages");
  }

  private static Response disappear(Person person, String conversation, String seconds) {
    return person
        .api()
        .call(
            "PUT",
            "/conversations/" + conversation + "/disappearing",
            "{\"seconds\": " + seconds + "}");
  }
}
