package parley.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nothing tells of when it happens, by asking again and again. */
final class Eventually {
  private static final long BETWEEN = Duration.ofMillis(20).toNanos();

  private Eventually() {}

  static void await(String what, BooleanSupplier condition) {
    Patience.Wait wait = Patience.begin();
    while (!condition.getAsBoolean()) {
      if (wait.isOver()) {
        throw new AssertionError("it did not happen that " + what);
      }
      LockSupport.parkNanos(BETWEEN);
    }
  }
}
