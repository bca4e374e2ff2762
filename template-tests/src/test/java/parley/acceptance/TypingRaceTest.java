package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.TypingTest.joined;
import static parley.acceptance.TypingTest.type;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Typing at the same moment as what ends it: before each call of a service that a function makes
 * for the one the other is done to its end.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TypingRaceTest {
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final String SOCKETS = "SocketFunction";

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  /** How somebody goes from a group. */
  enum Going {
    REMOVED,
    LEFT;

    void from(Team team) {
      team.remove(this == LEFT ? team.ben() : team.ann(), team.ben()).requireDone();
    }
  }

  /** Joining writes, asks Postgres, and writes twice; then it is acknowledged. */
  @ParameterizedTest
  @CsvSource({
    "1, REMOVED", "2, REMOVED", "3, REMOVED", "4, REMOVED", "5, REMOVED",
    "1, LEFT", "2, LEFT", "3, LEFT", "4, LEFT", "5, LEFT"
  })
  void whoGoesFromAGroupWhileTheyJoinItsTypingIsNoPartOfItAfterwards(int call, Going going) {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone cems = joined(team.cem(), team.id());
        Phone bens = team.ben().phone()) {
      Meanwhile meanwhile = new Meanwhile(SOCKETS, call, () -> going.from(team));
      chat.with(
          meanwhile,
          () -> {
            Frame answer = bens.request("join_conversation", team.id());
            if (!answer.is("ack")) {
              answer.mustRefuse("CONVERSATION_NOT_FOUND");
            }
          });
      assertThat(meanwhile.isDone()).isTrue();

      mustBeNoPartOfIt(bens, team, anns, cems);
    }
  }

  private static void mustBeNoPartOfIt(Phone bens, Team team, Phone anns, Phone cems) {
    type(anns, team.id(), true).acked();
    type(bens, team.id(), true).mustRefuse("NOT_JOINED");
    cems.awaitEvent("typing");
    bens.everythingSoFar();
    assertThat(bens.received("typing")).isEmpty();
  }

  @RepeatedTest(3)
  void ofARemovalAndAJoinAtOnceTheRemovalStays() {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone cems = joined(team.cem(), team.id());
        Phone bens = team.ben().phone()) {
      Together.run(
          List.of(
              () -> {
                team.remove(team.ann(), team.ben()).requireDone();
                return "removed";
              },
              () -> bens.request("join_conversation", team.id()).event()));

      mustBeNoPartOfIt(bens, team, anns, cems);
    }
  }

  /** Typing is a write and two reads, then the posts. */
  @ParameterizedTest
  @CsvSource({
    "1, REMOVED",
    "2, REMOVED",
    "3, REMOVED",
    "4, REMOVED",
    "1, LEFT",
    "2, LEFT",
    "3, LEFT",
    "4, LEFT"
  })
  void whoGoesWhileOneTypesIsToldThatAtMostAndNothingLater(int call, Going going) {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone bens = joined(team.ben(), team.id());
        Phone cems = joined(team.cem(), team.id())) {
      Meanwhile meanwhile = new Meanwhile(SOCKETS, call, () -> going.from(team));
      chat.with(meanwhile, () -> type(anns, team.id(), true).acked());
      assertThat(meanwhile.isDone()).isTrue();
      bens.everythingSoFar();
      int underWay = bens.received("typing").size();
      assertThat(underWay).isLessThanOrEqualTo(call <= 2 ? 0 : 1);

      chat.clock().advance(PAUSE);
      type(anns, team.id(), false).acked();

      cems.awaitCount("typing", 2);
      bens.everythingSoFar();
      assertThat(bens.received("typing")).hasSize(underWay);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void ofABlockWhileOneTypesWhatWasUnderWayIsToldAtMost(int call) {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      Meanwhile meanwhile =
          new Meanwhile(SOCKETS, call, () -> friends.ben().block(friends.ann()).require(200));
      chat.with(meanwhile, () -> type(anns, conversation, true).acked());
      assertThat(meanwhile.isDone()).isTrue();
      bens.everythingSoFar();
      int underWay = bens.received("typing").size();
      assertThat(underWay).isLessThanOrEqualTo(call <= 3 ? 0 : 1);

      bens.request("join_conversation", conversation).acked();
      chat.clock().advance(PAUSE);
      type(anns, conversation, true).acked();
      type(bens, conversation, true).acked();

      anns.everythingSoFar();
      bens.everythingSoFar();
      assertThat(anns.received("typing")).isEmpty();
      assertThat(bens.received("typing")).hasSize(underWay);
    }
  }

  /** A block drops both circles, is stored, drops them again, and tells one's own devices. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void whoTypesWhileABlockIsMadeIsToldNothingOnceItIsAnswered(int call) {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      Meanwhile meanwhile =
          new Meanwhile(
              "HttpFunction",
              call,
              () -> {
                type(anns, conversation, true).acked();
                type(bens, conversation, true).acked();
              });
      chat.with(meanwhile, () -> friends.ben().block(friends.ann()).require(200));
      assertThat(meanwhile.isDone()).isTrue();
      anns.everythingSoFar();
      bens.everythingSoFar();
      int annWasTold = anns.received("typing").size();
      int benWasTold = bens.received("typing").size();
      assertThat(annWasTold).isEqualTo(benWasTold).isEqualTo(call <= 3 ? 1 : 0);

      anns.request("join_conversation", conversation).acked();
      bens.request("join_conversation", conversation).acked();
      chat.clock().advance(PAUSE);
      type(anns, conversation, true).acked();
      type(bens, conversation, true).acked();

      anns.everythingSoFar();
      bens.everythingSoFar();
      assertThat(anns.received("typing")).hasSize(annWasTold);
      assertThat(bens.received("typing")).hasSize(benWasTold);
    }
  }
}
