package parley.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutionsTest {
  private static final int AT_ONCE = 64;

  private final Executions executions = new Executions();
  private final CyclicBarrier crowd = new CyclicBarrier(AT_ONCE);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void close() {
    executions.close();
  }

  @Test
  void ofHundredsOfInvocationsAtOnceAsManyRunAsMayAndTheOthersWaitForTheirTurn() throws Exception {
    List<Future<Invocation>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10 * AT_ONCE; i++) {
        all.add(threads.submit(() -> executions.run("id", Duration.ofMinutes(1), this::join)));
      }
    }

    for (Future<Invocation> one : all) {
      assertThat(one.get().failed()).isFalse();
    }
    assertThat(most).hasValue(AT_ONCE);
    assertThat(executions.isIdle()).isTrue();
  }

  /** Ends when as many run as may. */
  private Invocation join() {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      crowd.await();
      return new Invocation(new byte[0], false);
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }
}
