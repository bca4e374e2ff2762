package parley.campaign;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Lets the simulated time pass, and has what everything stands on fail as a run goes on. */
final class Weather implements AutoCloseable {
  /** How often, in real time, simulated time passes: 20 times as fast. */
  private static final Duration PULSE = Duration.ofMillis(250);

  private static final Duration STEP = Duration.ofSeconds(5);

  private record Outage(int after, Runnable what) {}

  private final Backend backend;
  private final IntSupplier done;
  private final Queue<Outage> outages = new ArrayDeque<>();
  private volatile @Nullable RuntimeException failure;
  private final ScheduledExecutorService pulse =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("weather").factory());

  /**
   * @param sends how many messages the run sends
   * @param done how many are through
   */
  Weather(
      Backend backend, SeededFaults faults, SplittableRandom random, int sends, IntSupplier done) {
    this.backend = backend;
    this.done = done;
    List<Runnable> kinds =
        List.of(
            () -> {
              faults.count("Postgres stopped in immediate mode and started");
              backend.crashDatabase();
            },
            () -> {
              faults.count("cluster paused");
              backend.pauseDatabase();
            },
            faults::cutHalf,
            () -> faults.throttlePosts(40));
    int offset = random.nextInt(kinds.size());
    for (int i = 0; i < kinds.size(); i++) {
      int after = sends * (2 * i + 1) / (2 * kinds.size());
      outages.add(new Outage(after, kinds.get((i + offset) % kinds.size())));
    }
    var _ =
        pulse.scheduleWithFixedDelay(
            this::beat, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    try {
      // No function that answers clients may seem to take longer than Lambda lets it.
      if (!backend.isBusyFor(PULSE.multipliedBy(5))) {
        backend.passes(STEP);
      }
      Outage next = outages.peek();
      if (next != null && done.getAsInt() >= next.after()) {
        outages.remove();
        next.what().run();
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Ends it; whatever it is about to do is done first. */
  @Override
  public void close() {
    pulse.shutdown();
    try {
      if (!pulse.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the database was not started again within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw new AssertionError("the weather failed", thrown);
    }
  }
}
