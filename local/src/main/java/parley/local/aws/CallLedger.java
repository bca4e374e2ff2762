package parley.local.aws;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls made to AWS services, so that a test can say what a request costs. Keeps the newest
 * 100,000. Safe for use by many threads.
 */
public final class CallLedger {
  private static final int LIMIT = 100_000;

  /**
   * A call that a service was asked for, whether or not it was allowed.
   *
   * @param caller the function's logical id, or {@code user}
   * @param action an IAM action, {@code dynamodb:BatchGetItem}
   * @param resource the ARN of what it acts on
   */
  public record Call(
      String caller, String action, String resource, Instant time, boolean allowed) {}

  private final Clock clock;
  private final List<Call> calls = new ArrayList<>();
  private long forgotten;

  public CallLedger(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(String caller, String action, String resource, boolean allowed) {
    if (calls.size() == LIMIT) {
      calls.subList(0, LIMIT / 10).clear();
      forgotten += LIMIT / 10;
    }
    calls.add(new Call(caller, action, resource, clock.instant(), allowed));
  }

  /** A position in the ledger, for {@link #since}. */
  public synchronized long mark() {
    return forgotten + calls.size();
  }

  /** All calls kept, oldest first. */
  public synchronized List<Call> snapshot() {
    return List.copyOf(calls);
  }

  /** The calls made after {@link #mark} gave this position, oldest first. */
  public synchronized List<Call> since(long mark) {
    int from = Math.clamp(mark - forgotten, 0, calls.size());
    return List.copyOf(calls.subList(from, calls.size()));
  }

  /** How many calls of an action were made after {@link #mark} gave this position. */
  public long count(String action, long mark) {
    return since(mark).stream().filter(call -> call.action().equals(action)).count();
  }
}
