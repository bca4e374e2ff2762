package parley.acceptance;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How long tests wait for what must happen. */
final class Patience {
  private static final Duration USUAL = Duration.ofSeconds(20);

  /** How long all hope must be gone before a wait is given up: a frame may be on its way still. */
  private static final long LAST_HOPE = Duration.ofMillis(250).toNanos();

  private static final long BETWEEN = Duration.ofMillis(10).toMillis();

  private static volatile Duration most = USUAL;
  private static volatile @Nullable BooleanSupplier hopeless;

  private Patience() {}

  /**
   * Has everybody give up waiting, while this runs, once nothing can come of it any more.
   *
   * @param sign says whether nothing can come; it is asked often while somebody waits
   */
  static void unless(BooleanSupplier sign, Runnable action) {
    hopeless = sign;
    try {
      action.run();
    } finally {
      hopeless = null;
    }
  }

  /** Has everybody wait for up to this long while this runs. */
  static void during(Duration patience, Runnable action) {
    Duration before = most;
    most = patience;
    try {
      action.run();
    } finally {
      most = before;
    }
  }

  /** How long is waited at the most. */
  static Duration most() {
    return most;
  }

  /** Begins to wait. */
  static Wait begin() {
    return new Wait(most.toNanos(), hopeless);
  }

  /** One wait; what is waited for is asked for before {@link #isOver}. */
  static final class Wait {
    private final long most;
    private final @Nullable BooleanSupplier sign;
    private final long start = System.nanoTime();
    private long lastHope = start;

    private Wait(long most, @Nullable BooleanSupplier sign) {
      this.most = most;
      this.sign = sign;
    }

    /** Whether it has been waited for long enough. */
    boolean isOver() {
      long now = System.nanoTime();
      if (sign == null || !sign.getAsBoolean()) {
        lastHope = now;
      }
      return now - start > most || now - lastHope > LAST_HOPE;
    }

    /** After how many milliseconds {@link #isOver} is to be asked again at the latest. */
    long pause() {
      long left = TimeUnit.NANOSECONDS.toMillis(most - (System.nanoTime() - start));
      return Math.max(1, sign == null ? left : Math.min(left, BETWEEN));
    }
  }
}
