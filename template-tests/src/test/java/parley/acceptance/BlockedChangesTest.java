package parley.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ann blocks Ben. Whatever Ben changes in what the two share, Ann keeps what she had, and Ben sees
 * his change.
 */
@ExtendWith(SharedChat.class)
class BlockedChangesTest {
  private static final long DAY = 86_400;

  private final Chat chat;
  private Person ann;
  private Person ben;
  private String conversation;
  private Mirror anns;
  private Mirror bens;

  BlockedChangesTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeEach
  void meet() {
    Friends friends = Friends.meet(chat);
    ann = friends.ann();
    ben = friends.ben();
    conversation = friends.conversation();
    anns = new Mirror(ann);
    bens = new Mirror(ben);
  }

  @Test
  void aBlockedPersonsTimerHoldsForTheirOwnMessagesOnly() {
    disappear(ann, DAY);
    ann.block(ben).require(200);
    JsonNode annsBefore = seenBy(ann);
    try (Phone annsPhone = ann.phone()) {
      disappear(ben, null);
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }

    assertThat(timer(ben)).isNull();
    assertThat(ben.contents(conversation))
        .first()
        .isEqualTo(Sentence.of("{Ben} let messages stay"));
    assertThat(ben.send(conversation, "mine").require(201).path("message").has("expiresAt"))
        .isFalse();
    assertThat(seenBy(ann)).isEqualTo(annsBefore);
    upToDate();

    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone()) {
      ann.unblock(ben).requireDone();
      for (Phone phone : List.of(annsPhone, bensPhone)) {
        assertThat(
                phone
                    .awaitMessage(Sentence.of("{Ann} let messages disappear after 24 hours"))
                    .data()
                    .at("/message/change/seconds")
                    .asLong())
            .isEqualTo(DAY);
      }
    }
    assertThat(timer(ann)).isEqualTo(DAY);
    assertThat(timer(ben)).isEqualTo(DAY);
    for (Person person : List.of(ann, ben)) {
      assertThat(person.send(conversation, "after").require(201).path("message").has("expiresAt"))
          .isTrue();
      assertThat(person.contents(conversation))
          .contains(Sentence.of("{Ann} let messages disappear after 24 hours"));
    }
    upToDate();
  }

  @Test
  void aTimerThatIsAsItWasBeforeTheBlockIsNotToldAtItsEnd() {
    disappear(ann, DAY);
    ann.block(ben).require(200);
    disappear(ben, null);
    disappear(ben, DAY);

    ann.unblock(ben).requireDone();

    assertThat(ann.contents(conversation)).hasSize(1);
    assertThat(ben.contents(conversation)).hasSize(3);
    disappear(ben, null);
    assertThat(timer(ann)).as("after the block it holds for both again").isNull();
    upToDate();
  }

  @Test
  void ofTwoWhoBlockEachOtherTheTimerFromBeforeHoldsWhenTheLastBlockEnds() {
    disappear(ann, DAY);
    ann.block(ben).require(200);
    disappear(ben, 3_600L);
    ben.block(ann).require(200);

    ann.unblock(ben).requireDone();
    assertThat(timer(ben)).as("one block is left").isEqualTo(3_600);
    disappear(ann, null);
    assertThat(timer(ben)).isEqualTo(3_600);
    ben.unblock(ann).requireDone();

    assertThat(timer(ann)).isEqualTo(DAY);
    assertThat(timer(ben)).isEqualTo(DAY);
    for (Person person : List.of(ann, ben)) {
      assertThat(person.contents(conversation))
          .first()
          .isEqualTo(Sentence.of("{Ben} let messages disappear after 24 hours"));
    }
    upToDate();
  }

  @RepeatedTest(3)
  void aTimerAndABlockAtOnceLeaveOneTimerForBothAfterTheBlock() {
    // Ann is not shown the conversation during the block if all in it came after the block began.
    ann.send(conversation, "hello").require(201);
    Together.run(List.of(() -> ann.block(ben), () -> timerOf(ben, DAY), () -> timerOf(ben, null)));
    upToDate();

    ann.unblock(ben).requireDone();

    assertThat(timer(ann)).isEqualTo(timer(ben));
    upToDate();
  }

  @RepeatedTest(3)
  void aTimerAndTheEndOfABlockAtOnceLeaveOneTimerForBoth() {
    disappear(ann, DAY);
    ann.block(ben).require(200);
    disappear(ben, 3_600L);

    Together.run(
        List.of(
            () -> ann.unblock(ben), () -> timerOf(ben, null), () -> ben.send(conversation, "x")));

    assertThat(timer(ann)).isEqualTo(timer(ben));
    upToDate();
  }

  @Test
  void aMessageThatItsBlockedSenderEditsOrDeletesStaysForTheBlockerAsItWas() {
    String edited = ben.sent(conversation, "first");
    String deleted = ben.sent(conversation, "second");
    ann.api().put("/messages/" + deleted + "/pin").require(200);
    ann.api().put("/messages/" + deleted + "/star").require(200);
    react(ann, deleted, "👍");
    ann.block(ben).require(200);
    List<JsonNode> before = ann.history(conversation);
    JsonNode listed = seenBy(ann);
    upToDate();

    try (Phone annsPhone = ann.phone()) {
      ben.edit(edited, "other words").require(200);
      ben.delete(deleted).require(200);
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }

    assertThat(ben.contents(conversation)).containsExactly("", "other words");
    assertThat(ben.history(conversation).getFirst().has("reactions")).isFalse();
    assertThat(ann.history(conversation)).isEqualTo(before);
    assertThat(seenBy(ann)).isEqualTo(listed);
    assertThat(ann.list("/conversations/" + conversation + "/pins")).hasSize(1);
    assertThat(ann.list("/messages/starred")).hasSize(1);
    upToDate();

    ann.unblock(ben).requireDone();
    assertThat(ann.history(conversation)).as("also after the block").isEqualTo(before);
    upToDate();
    ben.edit(edited, "words for both").require(200);
    assertThat(ann.contents(conversation)).containsExactly("second", "words for both");
    upToDate();
  }

  @Test
  void whatTheBlockerDidNotSeeIsGoneWhenItIsDeletedWhileTheyBlock() {
    ann.block(ben).require(200);
    String hidden = ben.sent(conversation, "hidden");
    ben.delete(hidden).require(200);

    try (Database database = chat.openDatabase()) {
      assertThat(
              database.run(
                  "select coalesce(kept ->> 'content', content) from messages where id = '"
                      + hidden
                      + "'"))
          .containsExactly("");
    }
  }

  @Test
  void aForwardedCopyThatItsBlockedSenderDeletesStaysForwardedForTheBlocker() {
    String original = ben.sent(conversation, "original");
    ben.api()
        .post(
            "/messages/" + original + "/forward", Map.of("conversationIds", List.of(conversation)))
        .require(201);
    String copy = ben.history(conversation).getFirst().path("id").asText();
    JsonNode seen = ann.history(conversation).getFirst();
    ann.block(ben).require(200);

    ben.delete(copy).require(200);

    assertThat(ann.history(conversation).getFirst()).isEqualTo(seen);
    assertThat(seen.path("forwarded").asBoolean()).isTrue();
  }

  @Test
  void aRetryOfAMessageThatItsBlockedSenderEditedReachesTheSenderOnly() {
    String id = ben.send(conversation, "first", "c-1").require(201).at("/message/id").asText();
    ann.block(ben).require(200);
    ben.edit(id, "other words").require(200);

    try (Phone annsPhone = ann.phone()) {
      assertThat(
              ben.send(conversation, "first", "c-1").require(201).at("/message/content").asText())
          .isEqualTo("other words");
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
  }

  @Test
  void aReactionThatABlockedPersonChangesStaysForTheBlockerAsItWas() {
    String message = ann.sent(conversation, "Hello");
    react(ben, message, "👍");
    ann.block(ben).require(200);
    List<JsonNode> before = ann.history(conversation);
    upToDate();

    react(ben, message, "👎");
    react(ben, message, "🎉");

    assertThat(ann.history(conversation)).isEqualTo(before);
    assertThat(ben.history(conversation).getFirst().at("/reactions/0/emoji").asText())
        .isEqualTo("🎉");
    upToDate();
    ann.unblock(ben).requireDone();
    assertThat(ann.history(conversation)).isEqualTo(before);
    upToDate();
    react(ben, message, "❤️");
    assertThat(ann.history(conversation).getFirst().at("/reactions/0/emoji").asText())
        .as("a reaction after the block is seen")
        .isEqualTo("❤️");
    upToDate();
  }

  @Test
  void theBlockersListDoesNotShowThatTheBlockedPersonWrites() {
    ben.sent(conversation, "seen");
    ann.block(ben).require(200);
    JsonNode listed = seenBy(ann);
    String receipts = "/conversations/" + conversation + "/receipts";

    ben.sent(conversation, "hidden");
    ben.sent(conversation, "hidden too");

    assertThat(seenBy(ann)).isEqualTo(listed);
    assertThat(listed.path("lastSeq").asLong()).isEqualTo(1);
    ann.api().post(receipts, Map.of("readSeq", 2)).mustRefuse(400, "SEQ_OUT_OF_RANGE");
    upToDate();
    ann.unblock(ben).requireDone();
    assertThat(seenBy(ann).path("lastSeq").asLong()).isEqualTo(3);
    assertThat(seenBy(ann).path("lastReadSeq").asLong()).as("nothing is unread").isEqualTo(3);
    assertThat(Receipts.of(ben, conversation)).containsEntry(ann.id(), "1/1");
    upToDate();
  }

  /** Both follow the feed, and have what the routes give. */
  private void upToDate() {
    for (Mirror mirror : List.of(anns, bens)) {
      mirror.catchUp(50);
      mirror.mustBeUpToDate();
    }
    assertThat(timer(anns)).isEqualTo(seenBy(ann).path("disappearingSeconds"));
    assertThat(timer(bens)).isEqualTo(seenBy(ben).path("disappearingSeconds"));
  }

  private JsonNode timer(Mirror mirror) {
    JsonNode known = requireNonNull(mirror.known("CONVERSATION").get(conversation));
    return known.path("disappearingSeconds");
  }

  private JsonNode seenBy(Person person) {
    return person.api().get("/conversations/" + conversation).require(200);
  }

  private @Nullable Long timer(Person person) {
    JsonNode seconds = seenBy(person).path("disappearingSeconds");
    return seconds.isNumber() ? seconds.asLong() : null;
  }

  private void disappear(Person person, @Nullable Long seconds) {
    timerOf(person, seconds).require(200);
  }

  private Response timerOf(Person person, @Nullable Long seconds) {
    Map<String, Object> body = new HashMap<>();
    body.put("seconds", seconds);
    return person.api().put("/conversations/" + conversation + "/disappearing", body);
  }

  private static void react(Person person, String message, String emoji) {
    person
        .api()
        .put("/messages/" + message + "/reactions", Map.of("emojis", List.of(emoji)))
        .require(200);
  }
}
