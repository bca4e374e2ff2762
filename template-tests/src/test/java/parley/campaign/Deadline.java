package parley.campaign;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The end of a run's patience: whatever is waited for then, it fails and says for what. */
final class Deadline {
  private static final long BETWEEN = Duration.ofMillis(20).toNanos();

  private final long end;

  Deadline(Duration patience) {
    end = System.nanoTime() + patience.toNanos();
  }

  /** Waits until a condition holds. */
  void await(Supplier<String> what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      check(what);
      LockSupport.parkNanos(BETWEEN);
    }
  }

  /** Fails if it has passed. */
  void check(Supplier<String> what) {
    if (System.nanoTime() - end > 0) {
      throw new AssertionError("no patience left: " + what.get());
    }
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
