package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Friendships that end, and requests that are taken back or made again. */
@ExtendWith(SharedChat.class)
class FriendshipTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;

  FriendshipTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
  }

  @Test
  void bothAreToldThatAFriendshipEndedAndTheirConversationStays() {
    ann.befriend(ben);
    String conversation = ann.converse(ben);
    try (Phone anns = ann.phone();
        Phone bens = ben.phone()) {
      ann.unfriend(ben).requireDone();

      assertThat(anns.awaitEvent("friend:removed").data().path("userId").asText())
          .isEqualTo(ben.id());
      assertThat(bens.awaitEvent("friend:removed").data().path("userId").asText())
          .isEqualTo(ann.id());
    }
    assertThat(ann.list("/friends")).isEmpty();
    assertThat(ben.list("/friends")).isEmpty();
    ben.send(conversation, "still here").require(201);
    assertThat(ann.contents(conversation)).containsExactly("still here");
    ann.openConversation(ben).mustRefuse(403, "NOT_FRIENDS");
    ben.befriend(ann);
    assertThat(ann.list("/friends")).hasSize(1);
  }

  @Test
  void nobodyEndsAFriendshipThatIsNone() {
    Person carl = Person.register(chat, "Carl");
    ann.befriend(ben);
    carl.requestFriendship(ann).require(201);

    Response stranger = carl.unfriend(ben);
    stranger.mustRefuse(404, "FRIEND_NOT_FOUND");
    assertThat(carl.api().delete("/friends/" + UUID.randomUUID()).body())
        .as("as if they did not exist")
        .isEqualTo(stranger.body());
    ann.unfriend(carl).mustRefuse(404, "FRIEND_NOT_FOUND");
    ann.unfriend(ann).mustRefuse(404, "FRIEND_NOT_FOUND");
    ann.api().delete("/friends/ben").mustRefuse(400, "VALIDATION_FAILED");

    assertThat(ann.list("/friends")).hasSize(1);
    assertThat(ann.list("/friends/requests")).hasSize(1);
  }

  @RepeatedTest(3)
  void ofTwoWhoEndTheirFriendshipAtOnceOneFindsItEnded() {
    ann.befriend(ben);

    List<Response> responses =
        Together.run(List.of(() -> ann.unfriend(ben), () -> ben.unfriend(ann)));

    assertThat(responses).filteredOn(response -> response.status() == 204).hasSize(1);
    responses.stream()
        .filter(response -> response.status() != 204)
        .forEach(response -> response.mustRefuse(404, "FRIEND_NOT_FOUND"));
    assertThat(ann.list("/friends")).isEmpty();
  }

  @Test
  void aRequestThatIsTakenBackIsGoneForBoth() {
    try (Phone anns = ann.phone();
        Phone bens = ben.phone()) {
      String request = ann.requestFriendship(ben).require(201).path("id").asText();

      ann.withdraw(request).requireDone();

      for (Phone phone : List.of(anns, bens)) {
        assertThat(phone.awaitEvent("friend:request_withdrawn").data().path("requestId").asText())
            .isEqualTo(request);
      }
      assertThat(ben.list("/friends/requests")).isEmpty();
      assertThat(ann.list("/friends/requests/me")).isEmpty();
      ben.respond(request, "ACCEPT").mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
      ann.withdraw(request).mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
    }
    ben.befriend(ann);
  }

  @Test
  void onlyItsSenderTakesARequestBackAndOnlyWhileItWaits() {
    Person mallory = Person.register(chat, "Mallory");
    String request = ann.requestFriendship(ben).require(201).path("id").asText();

    Response foreign = mallory.withdraw(request);
    foreign.mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
    assertThat(mallory.withdraw(UUID.randomUUID().toString()).body())
        .as("as if it did not exist")
        .isEqualTo(foreign.body());
    ben.withdraw(request).mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
    ann.withdraw("1-1-1-1-1").mustRefuse(400, "VALIDATION_FAILED");
    assertThat(ben.list("/friends/requests")).hasSize(1);

    ben.respond(request, "ACCEPT").require(201);
    ann.withdraw(request).mustRefuse(409, "FRIEND_REQUEST_ANSWERED");
    assertThat(ann.list("/friends")).hasSize(1);
  }

  @RepeatedTest(3)
  void ofAnAcceptAndAWithdrawalAtOnceExactlyOneWins() {
    String request = ann.requestFriendship(ben).require(201).path("id").asText();

    List<Response> responses =
        Together.run(List.of(() -> ben.respond(request, "ACCEPT"), () -> ann.withdraw(request)));

    boolean accepted = responses.getFirst().status() == 201;
    if (accepted) {
      responses.getLast().mustRefuse(409, "FRIEND_REQUEST_ANSWERED");
    } else {
      responses.getFirst().mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
      responses.getLast().requireDone();
    }
    assertThat(ann.list("/friends")).hasSize(accepted ? 1 : 0);
    assertThat(ben.list("/friends")).hasSize(accepted ? 1 : 0);
  }

  @Test
  void whoWasRejectedMayAskAgainAndSoMayWhoRejected() {
    String first = ann.requestFriendship(ben).require(201).path("id").asText();
    ben.respond(first, "REJECT").require(201);

    String second = ann.requestFriendship(ben).require(201).path("id").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(ben.list("/friends/requests"))
        .extracting(request -> request.path("id").asText())
        .containsExactly(second);
    ben.respond(second, "REJECT").require(201);

    String third = ben.requestFriendship(ann).require(201).path("id").asText();
    ann.respond(third, "ACCEPT").require(201);
    assertThat(ann.list("/friends")).hasSize(1);
  }
}
