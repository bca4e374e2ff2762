package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.platform.json.Json;
import parley.platform.log.Level;
import parley.platform.log.Log;

/** Work that must end before Lambda ends the function. */
class BudgetTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 100).boxed().toList();

  private final Budget budget = new Budget(Duration.ofSeconds(20));
  private final AtomicInteger secondsLeft = new AtomicInteger(55);
  private final List<String> lines = new ArrayList<>();

  @Test
  void soManyPiecesAreUnderWayAtATimeAndNoMore() {
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger endedBefore = new AtomicInteger();
    CountDownLatch fourth = new CountDownLatch(4);
    CountDownLatch fifth = new CountDownLatch(5);

    budget.forEach(
        ITEMS.subList(0, 5),
        4,
        item -> {
          fourth.countDown();
          fifth.countDown();
          await(fourth, Duration.ofSeconds(10));
          if (item < 4) {
            // In vain: the fifth begins when one of the four has ended.
            await(fifth, Duration.ofMillis(100));
            ended.incrementAndGet();
          } else {
            endedBefore.set(ended.get());
          }
        });

    assertThat(fourth.getCount()).isZero();
    assertThat(endedBefore).hasPositiveValue();
  }

  private static void await(CountDownLatch latch, Duration patience) {
    try {
      boolean _ = latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noPieceBeginsOnceOnlyTheReserveIsLeftAndTheLogSaysHowManyAreLeftOver() {
    AtomicInteger done = new AtomicInteger();

    invoke(
        () ->
            budget.forEach(
                ITEMS,
                1,
                item -> {
                  done.incrementAndGet();
                  secondsLeft.decrementAndGet();
                }));

    assertThat(done).hasValue(35);
    assertThat(Json.readObject(lines.getFirst()).value("leftOver")).isEqualTo(65L);
  }

  @Test
  void whatIsLeftOverInSeveralStepsIsAddedUp() {
    secondsLeft.set(20);

    invoke(
        () -> {
          budget.forEach(ITEMS, 3, item -> {});
          budget.forEach(ITEMS, 3, item -> {});
        });

    assertThat(Json.readObject(lines.getFirst()).value("leftOver")).isEqualTo(200L);
  }

  @Test
  void aPieceThatFailsKeepsNoOtherFromBeingDone() {
    AtomicInteger done = new AtomicInteger();

    assertThatThrownBy(
            () ->
                budget.forEach(
                    ITEMS,
                    3,
                    item -> {
                      done.incrementAndGet();
                      throw new IllegalStateException("piece " + item);
                    }))
        .hasMessageContaining("piece ");

    assertThat(done).hasValue(100);
  }

  private void invoke(Runnable work) {
    new Log("KeepaliveFunction", "test", Level.INFO, Clock.systemUTC(), lines::add)
        .invocation(
            "r",
            () -> Duration.ofSeconds(secondsLeft.get()),
            () -> {
              work.run();
              return null;
            });
  }
}
