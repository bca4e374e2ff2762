package parley.local.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The executions that are under way. At most {@value #MOST_AT_ONCE} run at once, as Lambda has a
 * limit of concurrent executions; the others wait for their turn. Otherwise the calls of thousands,
 * when thousands of clients leave together, would take so long on one machine that all of them time
 * out.
 */
public final class Executions {
  private static final int MOST_AT_ONCE = 64;

  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final AtomicInteger underWay = new AtomicInteger();
  private final Map<String, Execution> running = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lambda-", 0).factory());

  /** The execution of this id; none once it is over. */
  public Optional<Execution> find(String id) {
    return Optional.ofNullable(running.get(id)).filter(execution -> !execution.isOver());
  }

  /** Those that are under way. */
  public List<Execution> running() {
    return List.copyOf(running.values());
  }

  /** Whether no function runs or waits for its turn. */
  public boolean isIdle() {
    return underWay.get() == 0;
  }

  /**
   * Runs a handler to its end, or to that of its time, when it is its turn. Its time does not run
   * before that.
   *
   * @param handler gives the answer; what it throws is not expected here
   */
  Invocation run(String requestId, Duration timeout, Supplier<Invocation> handler) {
    underWay.incrementAndGet();
    try {
      turns.acquire();
      try {
        return runNow(requestId, timeout, handler);
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a function waited or ran", e);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private Invocation runNow(String requestId, Duration timeout, Supplier<Invocation> handler)
      throws InterruptedException {
    String id = Long.toString(last.incrementAndGet());
    Execution execution = new Execution(id, requestId, timeout);
    running.put(id, execution);
    Future<?> thread =
        threads.submit(
            () -> {
              execution.enter();
              execution.answer(handler.get());
            });
    try {
      return execution.await();
    } finally {
      running.remove(id);
      thread.cancel(true);
    }
  }

  /** Runs something that is no function's. */
  void start(Runnable task) {
    threads.execute(task);
  }

  void close() {
    threads.shutdownNow();
  }
}
