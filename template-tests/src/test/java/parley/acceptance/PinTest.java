package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that a conversation keeps in view. */
@ExtendWith(SharedChat.class)
class PinTest {
  private final Chat chat;

  PinTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void bothOfTwoPinAndUnpinAndBothAreTold() {
    Friends friends = Friends.meet(chat);
    String first = friends.ann().sent(friends.conversation(), "first");
    String second = friends.ben().sent(friends.conversation(), "second");
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    try (Phone annsPhone = friends.ann().phone();
        SocketIoDevice bens =
            SocketIoDevice.Kind.JAVASCRIPT.connect(chat, friends.ben().accessToken())) {
      bens.awaitConnects(1);

      JsonNode pinned = pin(friends.ben(), first).require(200);

      assertThat(annsPhone.awaitEvent("conversation:pins").data()).isEqualTo(pinned);
      assertThat(bens.awaitEvent("conversation:pins")).isEqualTo(pinned);
      pin(friends.ann(), second).require(200);
      assertThat(pin(friends.ann(), first).require(200).path("pinned").asBoolean()).isTrue();
      assertThat(annsPhone.awaitCount("conversation:pins", 2)).hasSize(2);
    }
    for (Person person : List.of(friends.ann(), friends.ben())) {
      assertThat(contents(person, friends.conversation())).containsExactly("second", "first");
    }
    anns.catchUp(50);
    assertThat(anns.known("PIN")).containsOnlyKeys(first, second);
    assertThat(anns.known("PIN").values())
        .extracting(pin -> pin.path("pinnedBy").asText())
        .containsExactlyInAnyOrder(friends.ann().id(), friends.ben().id());

    unpin(friends.ann(), first).requireDone();
    unpin(friends.ann(), first).requireDone();

    assertThat(contents(friends.ben(), friends.conversation())).containsExactly("second");
    anns.catchUp(50);
    assertThat(anns.known("PIN").keySet()).containsExactly(second);
  }

  @Test
  void inAGroupAdminsPin() {
    Team team = Team.meet(chat);
    String message = team.ben().sent(team.id(), "Hello");
    pin(team.ben(), message).mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    pin(team.ben(), message).require(200);
    assertThat(contents(team.cem(), team.id())).containsExactly("Hello");
    unpin(team.cem(), message).mustRefuse(403, "ROLE_REQUIRED");

    team.ann().api().delete("/messages/" + message).require(200);

    assertThat(contents(team.cem(), team.id())).isEmpty();
    pin(team.ann(), message).mustRefuse(410, "MESSAGE_DELETED");
  }

  @Test
  void whatABlockedPersonPinsIsPinnedForThemAlone() {
    Friends friends = Friends.meet(chat);
    String mine = friends.ann().sent(friends.conversation(), "pinned before");
    String message = friends.ann().sent(friends.conversation(), "Hello");
    pin(friends.ann(), mine).require(200);
    friends.ann().block(friends.ben()).require(200);
    try (Phone anns = friends.ann().phone()) {
      pin(friends.ben(), message).require(200);
      unpin(friends.ben(), mine).requireDone();
      assertThat(anns.everythingSoFar()).isEmpty();
    }
    assertThat(contents(friends.ben(), friends.conversation())).containsExactly("Hello");
    assertThat(contents(friends.ann(), friends.conversation())).containsExactly("pinned before");
    pin(friends.ann(), message).mustRefuse(409, "BLOCKED_BY_YOU");
    unpin(friends.ann(), mine).mustRefuse(409, "BLOCKED_BY_YOU");
  }

  @Test
  void whatOneDoesNotSeeIsNotPinned() {
    Team team = Team.meet(chat);
    Person mallory = Person.register(chat, "Mallory");
    String message = team.ann().sent(team.id(), "Hello");
    pin(mallory, message).mustRefuse(404, "MESSAGE_NOT_FOUND");
    unpin(mallory, message).mustRefuse(404, "MESSAGE_NOT_FOUND");
    pin(team.ann(), UUID.randomUUID().toString()).mustRefuse(404, "MESSAGE_NOT_FOUND");
    pin(team.ann(), "x").mustRefuse(400, "VALIDATION_FAILED");
    String system = team.ann().history(team.id()).getLast().path("id").asText();
    pin(team.ann(), system).mustRefuse(400, "VALIDATION_FAILED");
    mallory
        .api()
        .get("/conversations/" + team.id() + "/pins")
        .mustRefuse(404, "CONVERSATION_NOT_FOUND");
    assertThat(contents(team.ann(), team.id())).isEmpty();
  }

  @RepeatedTest(2)
  void aConversationHasThirtyPinsAlsoWhenTwoPinAtOnce() {
    Friends friends = Friends.meet(chat);
    for (int i = 0; i < 29; i++) {
      pin(friends.ann(), friends.ann().sent(friends.conversation(), "pinned " + i)).require(200);
    }
    String one = friends.ann().sent(friends.conversation(), "one");
    String other = friends.ann().sent(friends.conversation(), "other");

    List<Response> answers =
        Together.run(
            List.<Callable<Response>>of(
                () -> pin(friends.ann(), one), () -> pin(friends.ben(), other)));

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(200, 409);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 409)
        .allMatch(answer -> answer.code().equals("TOO_MANY_PINS"));
    assertThat(contents(friends.ben(), friends.conversation())).hasSize(30);
  }

  @Test
  void inAGroupWhatSomebodySeesCountsAndWhatNobodySeesAnyMoreDoesNot() {
    Team team = Team.meet(chat);
    pinThirty(team.ann(), team.id());
    for (Person person : List.of(team.ann(), team.ben(), team.cem())) {
      pin(team.ann(), team.ann().sent(team.id(), "next")).mustRefuse(409, "TOO_MANY_PINS");
      clear(person, team.id());
    }

    pin(team.ann(), team.ann().sent(team.id(), "after all")).require(200);

    assertThat(contents(team.cem(), team.id())).containsExactly("after all");
  }

  @Test
  void whoOfTwoClearsTheHistoryMayPinAnewAndTheOtherHasAll() {
    Friends friends = Friends.meet(chat);
    pinThirty(friends.ann(), friends.conversation());
    clear(friends.ben(), friends.conversation());
    String next = friends.ben().sent(friends.conversation(), "next");
    pin(friends.ann(), next).mustRefuse(409, "TOO_MANY_PINS");

    pin(friends.ben(), next).require(200);

    assertThat(contents(friends.ben(), friends.conversation())).containsExactly("next");
    assertThat(contents(friends.ann(), friends.conversation())).hasSize(31).startsWith("next");
  }

  private static void pinThirty(Person person, String conversation) {
    for (int i = 0; i < 30; i++) {
      pin(person, person.sent(conversation, "pinned " + i)).require(200);
    }
  }

  private static void clear(Person person, String conversation) {
    person.api().delete("/conversations/" + conversation + "/messages").require(200);
    assertThat(contents(person, conversation)).isEmpty();
  }

  private static Response pin(Person person, String message) {
    return person.api().put("/messages/" + message + "/pin");
  }

  private static Response unpin(Person person, String message) {
    return person.api().delete("/messages/" + message + "/pin");
  }

  private static List<String> contents(Person person, String conversation) {
    return person.all("/conversations/" + conversation + "/pins").stream()
        .map(pinned -> pinned.at("/message/content").asText())
        .toList();
  }
}
