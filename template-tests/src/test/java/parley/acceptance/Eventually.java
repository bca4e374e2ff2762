package parley.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nothing tells of when it happens, by asking again and again. */
final class Eventually {
  private static final long BETWEEN = Duration.ofMillis(20).toNanos();

  private Eventually() {}

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Patience.now().toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not happen that " + what);
      }
      LockSupport.parkNanos(BETWEEN);
    }
  }
}
