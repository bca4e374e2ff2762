package parley.local.lambda;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a function, until it answers, times out or is killed; then it is over, and what its
 * threads still do must have no effect, as on Lambda, which freezes or destroys the environment.
 */
public final class Execution {
  /** The header by which a call of a service tells during which execution it was made. */
  public static final String HEADER = "x-local-execution";

  private static final InheritableThreadLocal<Execution> CURRENT = new InheritableThreadLocal<>();

  private final String id;
  private final String requestId;
  private final Duration timeout;
  private final long start = System.nanoTime();
  private final CompletableFuture<Invocation> outcome = new CompletableFuture<>();

  Execution(String id, String requestId, Duration timeout) {
    this.id = id;
    this.requestId = requestId;
    this.timeout = timeout;
  }

  /** The execution that this thread, or the one that started it, runs; null if there is none. */
  public static @Nullable Execution current() {
    return CURRENT.get();
  }

  /** Unique among all executions; a retry of an event is another one. */
  public String id() {
    return id;
  }

  /** How long it may take. */
  public Duration timeout() {
    return timeout;
  }

  /** How long it has been under way, in real time. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Whether nothing that it does may have an effect any more. */
  public boolean isOver() {
    return outcome.isDone();
  }

  /** Ends it as a fault of its machine does. */
  public void kill() {
    outcome.complete(new Invocation(Failures.killed(requestId), true));
  }

  /** Ends it as Lambda does when the function's timeout is over. */
  public void timeOut() {
    outcome.complete(new Invocation(Failures.timedOut(requestId, timeout), true));
  }

  void answer(Invocation answer) {
    outcome.complete(answer);
  }

  /** Marks this thread, and those that it will start, as running this. */
  void enter() {
    CURRENT.set(this);
  }

  /** Waits for its end, which comes with the timeout at the latest. */
  Invocation await() throws InterruptedException {
    try {
      return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      timeOut();
      return outcome.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an execution has always an outcome", e);
    }
  }
}
