package parley.local.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The executions that are under way. */
public final class Executions {
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

  /** Whether no function runs. */
  public boolean isIdle() {
    return running.isEmpty();
  }

  /**
   * Runs a handler to its end, or to that of its time.
   *
   * @param handler gives the answer; what it throws is not expected here
   */
  Invocation run(String requestId, Duration timeout, Supplier<Invocation> handler) {
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a function ran", e);
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
