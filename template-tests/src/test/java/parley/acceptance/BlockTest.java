package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Blocking, as who blocks lives with it. */
@ExtendWith(SharedChat.class)
class BlockTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;
  private final String conversation;

  BlockTest(Chat chat) {
    this.chat = chat;
    Friends friends = Friends.meet(chat);
    ann = friends.ann();
    ben = friends.ben();
    conversation = friends.conversation();
  }

  @Test
  void whatABlockedPersonWritesIsTheirsAlone() {
    ben.send(conversation, "before").require(201);
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone();
        Phone bensTablet = ben.phone()) {
      ann.block(ben).require(200);

      assertThat(bensPhone.say(conversation, "hidden").acked().at("/message/seq").asLong())
          .isEqualTo(2);
      ben.send(conversation, "hidden too").require(201);

      bensTablet.awaitMessage("hidden");
      bensTablet.awaitMessage("hidden too");
      assertThat(annsPhone.everythingSoFar())
          .extracting(Frame::event)
          .containsExactly("user:blocked");
    }
    assertThat(ben.contents(conversation)).containsExactly("hidden too", "hidden", "before");
    assertThat(ann.contents(conversation)).containsExactly("before");
    JsonNode listed = ann.list("/conversations").getFirst();
    assertThat(listed.path("lastMessage").asText()).isEqualTo("before");
    assertThat(unread(ann)).isZero();
    anns.catchUp(50);
    assertThat(anns.messages(conversation)).hasSize(1);
    Mirror fresh = new Mirror(ann);
    fresh.catchUp(50);
    assertThat(fresh.messages(conversation)).hasSize(1);
  }

  @Test
  void whatWasHiddenStaysHiddenAfterTheBlock() {
    ann.block(ben).require(200);
    ben.send(conversation, "hidden").require(201);
    ann.unblock(ben).requireDone();
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);

    try (Phone annsPhone = ann.phone()) {
      ben.send(conversation, "seen").require(201);
      assertThat(annsPhone.awaitMessage("seen").data().at("/message/seq").asLong()).isEqualTo(2);
    }

    assertThat(ann.contents(conversation)).containsExactly("seen");
    assertThat(unread(ann)).isEqualTo(1);
    anns.catchUp(50);
    assertThat(anns.messages(conversation)).hasSize(1);
    assertThat(anns.known("BLOCK")).isEmpty();
    ann.send(conversation, "hello again").require(201);
    assertThat(ben.contents(conversation)).containsExactly("hello again", "seen", "hidden");
  }

  @Test
  void aRetryOfAHiddenMessageIsHiddenToo() {
    ann.block(ben).require(200);
    JsonNode first = ben.send(conversation, "hidden", "c-1").require(201);
    ann.unblock(ben).requireDone();

    try (Phone annsPhone = ann.phone()) {
      assertThat(ben.send(conversation, "hidden", "c-1").require(201)).isEqualTo(first);
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
    assertThat(ann.contents(conversation)).isEmpty();
  }

  @Test
  void whoBlocksSeesThePersonNowhereUntilTheyUnblock() {
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);
    JsonNode block = ann.block(ben).require(200);

    assertThat(ann.list("/blocks")).containsExactly(block);
    assertThat(ann.block(ben).require(200)).as("again").isEqualTo(block);
    assertThat(ann.list("/friends")).isEmpty();
    assertThat(ben.list("/friends")).hasSize(1);
    assertThat(ann.list("/users/search?q=" + ben.email())).isEmpty();
    assertThat(ben.list("/users/search?q=" + ann.email())).as("as ever").hasSize(1);
    anns.catchUp(50);
    anns.mustBeUpToDate();

    ann.unblock(ben).requireDone();
    ann.unblock(ben).requireDone();

    assertThat(ann.list("/blocks")).isEmpty();
    assertThat(ann.list("/friends")).hasSize(1);
    assertThat(ann.list("/users/search?q=" + ben.email())).hasSize(1);
    anns.catchUp(50);
    anns.mustBeUpToDate();
  }

  @Test
  void onesOwnDevicesLearnOfABlockAndTheOtherPersonsDoNot() {
    try (Phone annsPhone = ann.phone();
        Phone bensPhone = ben.phone()) {
      JsonNode block = ann.block(ben).require(200);
      assertThat(annsPhone.awaitEvent("user:blocked").data()).isEqualTo(block);
      ann.unblock(ben).requireDone();
      assertThat(annsPhone.awaitEvent("user:unblocked").data().path("userId").asText())
          .isEqualTo(ben.id());
      assertThat(bensPhone.everythingSoFar()).isEmpty();
    }
  }

  @Test
  void whoBlocksDoesNotWriteToThePersonEither() {
    ann.block(ben).require(200);
    try (Phone annsPhone = ann.phone()) {
      annsPhone.say(conversation, "no").mustRefuse("BLOCKED_BY_YOU");
    }
    ann.send(conversation, "no").mustRefuse(409, "BLOCKED_BY_YOU");
    ann.openConversation(ben).mustRefuse(409, "BLOCKED_BY_YOU");
    ann.requestFriendship(ben).mustRefuse(409, "BLOCKED_BY_YOU");
    assertThat(ben.contents(conversation)).isEmpty();
  }

  @Test
  void aRetryOfWhatWasSentBeforeTheBlockGivesTheFirstResult() {
    JsonNode sent = ann.send(conversation, "before", "c-1").require(201);
    ann.block(ben).require(200);

    assertThat(ann.send(conversation, "before", "c-1").require(201)).isEqualTo(sent);
  }

  @Test
  void aBlockedPersonsRequestWaitsUnseenUntilTheBlockEnds() {
    Person carl = Person.register(chat, "Carl");
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);
    ann.block(carl).require(200);
    String request;
    try (Phone annsPhone = ann.phone()) {
      request = carl.requestFriendship(ann).require(201).path("id").asText();
      assertThat(annsPhone.everythingSoFar()).isEmpty();
    }
    assertThat(carl.list("/friends/requests/me")).hasSize(1);
    assertThat(ann.list("/friends/requests")).isEmpty();
    ann.respond(request, "ACCEPT").mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
    anns.catchUp(50);
    anns.mustBeUpToDate();

    ann.unblock(carl).requireDone();

    assertThat(ann.list("/friends/requests")).hasSize(1);
    anns.catchUp(50);
    anns.mustBeUpToDate();
    ann.respond(request, "ACCEPT").require(201);
  }

  @Test
  void aConversationThatABlockedPersonOpensIsNotSeenBeforeTheBlockEnds() {
    Person carl = Person.register(chat, "Carl");
    ann.befriend(carl);
    ann.block(carl).require(200);

    String opened = carl.converse(ann);
    carl.send(opened, "hidden").require(201);

    assertThat(ann.list("/conversations"))
        .extracting(listed -> listed.path("id").asText())
        .containsExactly(conversation);
    ann.unblock(carl).requireDone();
    assertThat(ann.converse(carl)).isEqualTo(opened);
    carl.send(opened, "seen").require(201);
    assertThat(ann.contents(opened)).containsExactly("seen");
  }

  @Test
  void nobodyBlocksThemselvesOrNobody() {
    ann.block(ann).mustRefuse(400, "VALIDATION_FAILED");
    ann.api().put("/blocks/ben").mustRefuse(400, "VALIDATION_FAILED");
    ann.api().delete("/blocks/ben").mustRefuse(400, "VALIDATION_FAILED");
    ann.api().put("/blocks/" + UUID.randomUUID()).mustRefuse(404, "USER_NOT_FOUND");
    ann.api().delete("/blocks/" + UUID.randomUUID()).requireDone();
    assertThat(ann.list("/blocks")).isEmpty();
  }

  @RepeatedTest(3)
  void ofSendsAndABlockAtOnceEachIsSeenByBothOrComesAfterTheBlock() {
    int sends = 8;
    List<Callable<Response>> tasks = new ArrayList<>();
    for (int i = 0; i < sends; i++) {
      String content = "message " + i;
      tasks.add(() -> ben.send(conversation, content));
    }
    tasks.add(sends / 2, () -> ann.block(ben));

    List<Response> responses = new ArrayList<>(Together.run(tasks));

    responses.remove(sends / 2).require(200);
    assertThat(responses)
        .extracting(response -> response.require(201).at("/message/seq").asLong())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, sends).boxed().toList());
    List<JsonNode> seen = ann.history(conversation);
    assertThat(seen)
        .extracting(Mirror::seq)
        .as("those before the block, and no other")
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, seen.size()).boxed().toList().reversed());
    assertThat(unread(ann)).isZero();
    Mirror anns = new Mirror(ann);
    anns.catchUp(50);
    assertThat(anns.messages(conversation)).hasSize(seen.size());
  }

  @RepeatedTest(3)
  void manyBlocksAndUnblocksAtOnceEndAsTheLastOneSays() {
    Together.run(
        List.of(
            () -> ann.block(ben),
            () -> ann.unblock(ben),
            () -> ben.block(ann),
            () -> ann.block(ben),
            () -> ann.unblock(ben)));
    ben.unblock(ann).requireDone();

    boolean blocks = !ann.list("/blocks").isEmpty();

    ben.send(conversation, "seen unless blocked").require(201);
    assertThat(ann.contents(conversation)).hasSize(blocks ? 0 : 1);
    Response sent = ann.send(conversation, "sent unless blocked");
    assertThat(sent.status()).isEqualTo(blocks ? 409 : 201);
  }

  @RepeatedTest(3)
  void aConversationThatIsMadeWhileOneBlocksIsBlocked() {
    Person carl = Person.register(chat, "Carl");
    ann.befriend(carl);

    List<Callable<Response>> tasks =
        List.of(() -> carl.openConversation(ann), () -> ann.block(carl));
    String opened = Together.run(tasks).getFirst().require(201).path("id").asText();

    carl.send(opened, "hidden").require(201);
    assertThat(ann.list("/conversations"))
        .filteredOn(listed -> listed.path("id").asText().equals(opened))
        .allMatch(listed -> listed.path("lastMessage").isNull());
    ann.unblock(carl).requireDone();
    assertThat(ann.contents(opened)).isEmpty();
  }

  private long unread(Person person) {
    return person.list("/conversations").stream()
        .filter(listed -> listed.path("id").asText().equals(conversation))
        .mapToLong(listed -> listed.path("lastSeq").asLong() - listed.path("lastReadSeq").asLong())
        .sum();
  }
}
