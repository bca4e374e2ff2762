package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Friend requests that cannot be, and those that race. */
@ExtendWith(SharedChat.class)
class FriendRequestTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;

  FriendRequestTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
  }

  @Test
  void nobodyAsksThemselves() {
    unchanged(() -> ann.requestFriendship(ann).mustRefuse(400, "VALIDATION_FAILED"));
  }

  @Test
  void nobodyAsksSomebodyWhoDoesNotExist() {
    unchanged(
        () ->
            ann.api()
                .post("/friends/request/" + UUID.randomUUID())
                .mustRefuse(404, "USER_NOT_FOUND"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ben", "1-1-1-1-1", "null", "00000000-0000-0000-0000-00000000000g"})
  void anIdThatIsNoUuidIsRefused(String id) {
    unchanged(
        () -> {
          ann.api().post("/friends/request/" + id).mustRefuse(400, "VALIDATION_FAILED");
          ann.respond(id, "ACCEPT").mustRefuse(400, "VALIDATION_FAILED");
        });
  }

  @Test
  void aRequestThatWaitsIsNotMadeTwiceInEitherDirection() {
    ann.requestFriendship(ben).require(201);

    unchanged(
        () -> {
          ann.requestFriendship(ben).mustRefuse(409, "FRIEND_REQUEST_PENDING");
          ben.requestFriendship(ann).mustRefuse(409, "FRIEND_REQUEST_PENDING");
        });
  }

  @Test
  void friendsDoNotAskAgain() {
    ann.befriend(ben);

    unchanged(
        () -> {
          ann.requestFriendship(ben).mustRefuse(409, "ALREADY_FRIENDS");
          ben.requestFriendship(ann).mustRefuse(409, "ALREADY_FRIENDS");
        });
  }

  @RepeatedTest(6)
  void ofTwoWhoAskEachOtherAtOnceExactlyOneWins() {
    List<Response> responses =
        Together.run(
            List.of(
                () -> ann.requestFriendship(ben),
                () -> ben.requestFriendship(ann),
                () -> ann.requestFriendship(ben),
                () -> ben.requestFriendship(ann)));

    assertThat(responses).filteredOn(response -> response.status() == 201).hasSize(1);
    responses.stream()
        .filter(response -> response.status() != 201)
        .forEach(response -> response.mustRefuse(409, "FRIEND_REQUEST_PENDING"));
    assertThat(ann.list("/friends/requests").size() + ben.list("/friends/requests").size())
        .isEqualTo(1);
  }

  @Test
  void onlyWhoWasAskedResponds() {
    Person mallory = Person.register(chat, "Mallory");
    String request = ann.requestFriendship(ben).require(201).path("id").asText();

    unchanged(
        () -> {
          Response foreign = mallory.respond(request, "ACCEPT");
          foreign.mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
          ann.respond(request, "ACCEPT").mustRefuse(404, "FRIEND_REQUEST_NOT_FOUND");
          assertThat(mallory.respond(UUID.randomUUID().toString(), "ACCEPT").body())
              .as("as if it did not exist")
              .isEqualTo(foreign.body());
        });
    assertThat(mallory.list("/friends")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"action\": \"accept\"}",
        "{\"action\": \"PENDING\"}",
        "{\"action\": \"ACCEPTED\"}",
        "{\"action\": 1}",
        "{\"action\": \"ACCEPT\", \"force\": true}"
      })
  void anActionThatDoesNotExistAnswersNothing(String body) {
    String request = ann.requestFriendship(ben).require(201).path("id").asText();

    unchanged(
        () ->
            ben.api()
                .call("POST", "/friends/respond/" + request, body)
                .mustRefuse(400, "VALIDATION_FAILED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACCEPT", "REJECT"})
  void aRequestIsAnsweredOnce(String action) {
    String request = ann.requestFriendship(ben).require(201).path("id").asText();
    ben.respond(request, action).require(201);

    unchanged(
        () -> {
          ben.respond(request, "ACCEPT").mustRefuse(409, "FRIEND_REQUEST_ANSWERED");
          ben.respond(request, "REJECT").mustRefuse(409, "FRIEND_REQUEST_ANSWERED");
        });
  }

  @RepeatedTest(6)
  void ofAnAcceptAndARejectAtOnceExactlyOneWins() {
    String request = ann.requestFriendship(ben).require(201).path("id").asText();

    List<Response> responses =
        Together.run(
            List.of(() -> ben.respond(request, "ACCEPT"), () -> ben.respond(request, "REJECT")));

    List<JsonNode> won =
        responses.stream()
            .filter(response -> response.status() == 201)
            .map(Response::json)
            .toList();
    assertThat(won).hasSize(1);
    responses.stream()
        .filter(response -> response.status() != 201)
        .forEach(response -> response.mustRefuse(409, "FRIEND_REQUEST_ANSWERED"));
    boolean accepted = won.getFirst().path("status").asText().equals("ACCEPTED");
    assertThat(ann.list("/friends")).hasSize(accepted ? 1 : 0);
    assertThat(ben.list("/friends")).hasSize(accepted ? 1 : 0);
  }

  private void unchanged(Runnable refusals) {
    Map<String, String> anns = ann.state();
    Map<String, String> bens = ben.state();
    refusals.run();
    assertThat(ann.state()).isEqualTo(anns);
    assertThat(ben.state()).isEqualTo(bens);
  }
}
