package parley.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.checker.Draft;
import parley.checker.Message;
import parley.checker.Rule;
import parley.checker.Violation;
import parley.local.faults.CallFault.Moment;

/**
 * Functions die at every boundary between two calls of other services: before each call, and after
 * each has taken effect.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BoundaryTest {
  private static final String SWEEP = "Sweep";
  private static final String DELIVERY = "Delivery";

  private final Interception interception = new Interception();
  private final Backend backend = Backend.start(system -> interception);

  @AfterAll
  void stop() {
    backend.close();
  }

  /** How the message is sent. */
  enum Way {
    HTTP("Http"),
    SOCKET("Socket");

    private final String function;

    Way(String function) {
      this.function = function;
    }
  }

  /** Ann, who sends, and Ben, who listens on two devices. */
  private final class Scene {
    private final Deadline deadline = new Deadline(Duration.ofMinutes(4));
    private final World world = new World(backend, 2, deadline);
    private final User ann = world.users().getFirst();
    private final String conversation = world.open(ann, world.users().getLast());
    private final Device anns = world.addDevice(ann, Dialect.PLAIN);

    Scene() {
      world.addDevice(world.users().getLast(), Dialect.PLAIN);
      world.addDevice(world.users().getLast(), Dialect.PLAIN);
    }

    Draft draft() {
      return new Draft(ann.id(), conversation, UUID.randomUUID().toString(), "hello");
    }

    Attempt attempt(Way way, Draft draft) {
      Route route =
          switch (way) {
            case HTTP -> ann.http();
            case SOCKET -> anns;
          };
      return route.attempt(new Sending.Text(draft), world.history());
    }

    void retry(Way way, Draft draft) {
      deadline.await(
          () -> "not acknowledged: " + draft, () -> attempt(way, draft) instanceof Attempt.Acked);
    }

    /** How many calls a send makes when nothing fails. */
    int callsOfASend(Way way) {
      interception.watch(way.function);
      assertThat(attempt(way, draft())).isInstanceOf(Attempt.Acked.class);
      quiet();
      return interception.calls();
    }

    /** Leaves a message behind that is stored and not delivered. */
    void leaveUndelivered(Way way) {
      Draft draft = draft();
      List<Message> before = backend.stored(List.of(conversation));
      for (int call = 1; backend.stored(List.of(conversation)).equals(before); call++) {
        interception.killAt(way.function, call, Moment.AFTER);
        attempt(way, draft);
        quiet();
      }
    }

    void quiet() {
      deadline.await(() -> "functions still run: " + backend.running(), backend::isIdle);
    }

    /** An answer to what was sent before may have come late and be taken for this one's. */
    void awaitKill() {
      deadline.await(() -> "the call to be killed at did not come", interception::hasKilled);
      quiet();
    }

    void minutePasses() {
      backend.passes(Duration.ofMinutes(1));
      quiet();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSendWhoseFunctionDiesAnywhereIsCompletedByItsRetry(Way way) {
    Scene scene = new Scene();
    int calls = scene.callsOfASend(way);
    assertThat(calls).isGreaterThanOrEqualTo(4);
    for (int call = 1; call <= calls; call++) {
      for (Moment moment : Moment.values()) {
        Draft draft = scene.draft();
        interception.killAt(way.function, call, moment);
        scene.attempt(way, draft);
        scene.awaitKill();
        scene.retry(way, draft);
      }
    }
    scene.world.settle();
    assertThat(scene.world.judge()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatAFunctionThatDiesAnywhereHasStoredIsDeliveredWithinTwoMinutes(Way way) {
    Scene scene = new Scene();
    int calls = scene.callsOfASend(way);
    for (int call = 1; call <= calls; call++) {
      for (Moment moment : Moment.values()) {
        interception.killAt(way.function, call, moment);
        scene.attempt(way, scene.draft());
        scene.awaitKill();
      }
    }
    scene.minutePasses();
    scene.minutePasses();
    assertThat(backend.stored(List.of(scene.conversation))).hasSizeGreaterThan(calls);
    scene.world.rest();
    assertThat(scene.world.judge()).isEmpty();
  }

  @Test
  void aSweepThatDiesAnywhereIsCompletedByTheNextOne() {
    Scene scene = new Scene();
    scene.world.settle();
    scene.leaveUndelivered(Way.HTTP);
    interception.watch(SWEEP);
    scene.minutePasses();
    int calls = interception.calls();
    assertThat(calls).isGreaterThanOrEqualTo(4);
    for (int call = 1; call <= calls; call++) {
      for (Moment moment : Moment.values()) {
        scene.leaveUndelivered(Way.HTTP);
        interception.killAt(SWEEP, call, moment);
        scene.minutePasses();
        scene.awaitKill();
      }
    }
    scene.world.settle();
    assertThat(scene.world.judge()).isEmpty();
  }

  @Test
  void aDeliveryThatDiesAnywhereIsTriedAgain() {
    Scene scene = new Scene();
    interception.failPosts(true);
    interception.watch(DELIVERY);
    scene.attempt(Way.HTTP, scene.draft());
    scene.quiet();
    int calls = interception.calls();
    assertThat(calls).isGreaterThanOrEqualTo(3);
    for (int call = 1; call <= calls; call++) {
      for (Moment moment : Moment.values()) {
        interception.killAt(DELIVERY, call, moment);
        scene.attempt(Way.HTTP, scene.draft());
        scene.awaitKill();
      }
    }
    interception.failPosts(false);
    scene.world.settle();
    assertThat(scene.world.judge()).isEmpty();
    assertThat(backend.givenUp()).isEmpty();
  }

  @Test
  void withoutRetryAndSweepTheCheckerNoticesWhatIsLost() {
    Scene scene = new Scene();
    scene.leaveUndelivered(Way.HTTP);
    scene.world.rest();
    assertThat(scene.world.judge())
        .extracting(Violation::rule)
        .containsOnly(Rule.HANDED_TO_EVERY_LINK);
  }
}
