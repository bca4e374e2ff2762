package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Telling friends that somebody is online at the same moment as what ends that they may know:
 * before each call of a service that a function makes for the one the other is done to its end.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PresenceRaceTest {
  private static final String DELIVERY = "DeliveryFunction";

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  /** What ends that friends see each other. */
  enum Ending {
    BLOCK,
    UNFRIENDING;

    void by(Person one, Person other) {
      switch (this) {
        case BLOCK -> one.block(other).require(200);
        case UNFRIENDING -> one.unfriend(other).requireDone();
      }
    }
  }

  /**
   * A telling changes the state, reads it, reads the circle, which is copied from Postgres and
   * kept, reads the friends' connections and posts.
   */
  @ParameterizedTest
  @CsvSource({
    "1, BLOCK",
    "2, BLOCK",
    "3, BLOCK",
    "4, BLOCK",
    "5, BLOCK",
    "6, BLOCK",
    "7, BLOCK",
    "1, UNFRIENDING",
    "2, UNFRIENDING",
    "3, UNFRIENDING",
    "4, UNFRIENDING",
    "5, UNFRIENDING",
    "6, UNFRIENDING",
    "7, UNFRIENDING"
  })
  void ofAnEndingWhileOnesComingIsToldWhatWasUnderWayIsToldAtMost(int call, Ending ending) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.awaitIdle();
      Meanwhile meanwhile =
          new Meanwhile(DELIVERY, call, () -> ending.by(friends.ben(), friends.ann()));
      chat.with(meanwhile, () -> comeAndBeTold(friends.ann()).close());
      assertThat(meanwhile.isDone()).isTrue();
      int underWay = told(bens).size();
      assertThat(underWay).isLessThanOrEqualTo(call <= 4 ? 0 : 1);

      mustNotSee(bens, friends, underWay);
    }
  }

  /** A change drops both circles, is stored, drops them again and tells devices. */
  @ParameterizedTest
  @CsvSource({
    "1, BLOCK",
    "2, BLOCK",
    "3, BLOCK",
    "4, BLOCK",
    "5, BLOCK",
    "6, BLOCK",
    "1, UNFRIENDING",
    "2, UNFRIENDING",
    "3, UNFRIENDING",
    "4, UNFRIENDING",
    "5, UNFRIENDING",
    "6, UNFRIENDING"
  })
  void whoComesWhileFriendsPartIsNotSeenOnceThatIsAnswered(int call, Ending ending) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.awaitIdle();
      Meanwhile meanwhile =
          new Meanwhile("HttpFunction", call, () -> comeAndBeTold(friends.ann()).close());
      chat.with(meanwhile, () -> ending.by(friends.ben(), friends.ann()));
      assertThat(meanwhile.isDone()).isTrue();
      int before = told(bens).size();
      assertThat(before).isEqualTo(call <= 3 ? 1 : 0);

      mustNotSee(bens, friends, before);
    }
  }

  @RepeatedTest(3)
  void ofAComingAndABlockAtOnceNothingIsToldLater() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.awaitIdle();
      Together.run(
          List.of(
              () -> {
                friends.ann().phone().close();
                return "come";
              },
              () -> friends.ben().block(friends.ann()).require(200).toString()));
      chat.awaitIdle();

      mustNotSee(bens, friends, told(bens).size());
    }
  }

  /**
   * The tick reads the connections whose turn it is, the notes of its eight slots and who of their
   * users has a connection, and drops the notes.
   */
  @ParameterizedTest
  @ValueSource(ints = {10, 11, 12})
  void whoGoesAgainWhileTheTickLooksAtTheirLastGoingIsOfflineSoonAfter(int call) {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    chat.pass(Duration.ofMinutes(1));
    comeAndBeTold(ann).close();
    gone(ann);
    chat.clock().advance(Duration.ofSeconds(20));
    Phone again = comeAndBeTold(ann);
    String id = chat.aws().connectionsOf(ann).iterator().next();
    Meanwhile meanwhile =
        new Meanwhile(
            "KeepaliveFunction",
            call,
            () -> {
              again.close();
              // A connection's own item is the last to go, after the note.
              Eventually.await(
                  "it is gone",
                  () ->
                      chat.aws().items().stream().noneMatch(item -> item.toString().contains(id)));
            });
    chat.with(meanwhile, () -> chat.pass(Duration.ofMinutes(1)));
    assertThat(meanwhile.isDone()).isTrue();
    gone(ann);

    chat.pass(Duration.ofMinutes(2));

    assertThat(friends.ben().list("/friends/presence").getFirst().path("online").asBoolean())
        .isFalse();
  }

  private void gone(Person person) {
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(person).isEmpty());
    // Its note comes after that.
    chat.awaitIdle();
  }

  /** The one goes, which is told to friends a while later. */
  private void mustNotSee(Phone bens, Friends friends, int before) {
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(friends.ann()).isEmpty());
    chat.pass(Duration.ofMinutes(2));
    comeAndBeTold(friends.ann()).close();
    assertThat(told(bens)).hasSize(before);
    for (Person person : List.of(friends.ann(), friends.ben())) {
      for (JsonNode seen : person.list("/friends/presence")) {
        assertThat(seen.path("online").asBoolean()).isFalse();
        assertThat(seen.path("lastSeen").isNull()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void whoHidesWhileTheirComingIsToldLooksOfflineInTheEnd(int call) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.awaitIdle();
      Meanwhile meanwhile = new Meanwhile(DELIVERY, call, () -> setting(friends.ann(), "NOBODY"));
      chat.with(
          meanwhile,
          () -> {
            try (Phone _ = comeAndBeTold(friends.ann())) {
              assertThat(meanwhile.isDone()).isTrue();
            }
          });

      List<JsonNode> all = told(bens);
      long hidden =
          all.stream()
              .filter(event -> !event.path("online").asBoolean())
              .mapToLong(event -> event.path("version").asLong())
              .max()
              .orElseThrow();
      assertThat(all)
          .filteredOn(event -> event.path("online").asBoolean())
          .allMatch(event -> event.path("version").asLong() < hidden);
    }
  }

  /** Hiding reads the circle, drops it, is stored, drops it, and tells. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void ofHidingAndShowingAtOnceFriendsSeeInTheEndWhatIsStored(int call) {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone();
        Phone _ = comeAndBeTold(friends.ann())) {
      Meanwhile meanwhile =
          new Meanwhile("HttpFunction", call, () -> setting(friends.ann(), "FRIENDS"));
      chat.with(meanwhile, () -> setting(friends.ann(), "NOBODY"));
      assertThat(meanwhile.isDone()).isTrue();

      boolean shown =
          friends
              .ann()
              .api()
              .get("/users/me/settings")
              .require(200)
              .path("presence")
              .asText()
              .equals("FRIENDS");
      long newest =
          told(bens).stream()
              .mapToLong(event -> event.path("version").asLong())
              .max()
              .orElseThrow();
      assertThat(told(bens))
          .filteredOn(event -> event.path("version").asLong() == newest)
          .isNotEmpty()
          .allMatch(event -> event.path("online").asBoolean() == shown);
      assertThat(friends.ben().list("/friends/presence").getFirst().path("online").asBoolean())
          .isEqualTo(shown);
    }
  }

  private Phone comeAndBeTold(Person person) {
    Phone phone = person.phone();
    chat.awaitEvents();
    return phone;
  }

  private static List<JsonNode> told(Phone phone) {
    phone.everythingSoFar();
    return phone.received("presence").stream().map(Frame::data).toList();
  }

  private static void setting(Person person, String presence) {
    person.api().patch("/users/me/settings", Map.of("presence", presence)).require(200);
  }
}
