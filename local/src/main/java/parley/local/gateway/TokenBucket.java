package parley.local.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Enforces a {@link Throttle} on a clock. */
final class TokenBucket {
  private final @Nullable Throttle throttle;
  private final Clock clock;
  private double tokens;
  private Instant filledAt;

  /** A bucket that is full; without a throttle, one that never gets empty. */
  TokenBucket(@Nullable Throttle throttle, Clock clock) {
    this.throttle = throttle;
    this.clock = clock;
    this.tokens = throttle == null ? 0 : throttle.burst();
    this.filledAt = clock.instant();
  }

  /** Takes a token; false if there is none, and the request must be refused. */
  synchronized boolean take() {
    if (throttle == null) {
      return true;
    }
    Instant now = clock.instant();
    double elapsedSeconds = Duration.between(filledAt, now).toNanos() / 1e9;
    tokens =
        Math.min(throttle.burst(), tokens + Math.max(0, elapsedSeconds) * throttle.ratePerSecond());
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
