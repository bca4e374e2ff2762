package parley.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import parley.platform.log.Invocation;

/**
 * The time in which pieces of work may begin, so that the function that does them ends before
 * Lambda ends it. What is left over is counted in the invocation's line of the log.
 *
 * @param reserve how much time the invocation must have left for another piece to begin; longer
 *     than a piece may take
 */
public record Budget(Duration reserve) {
  /** Whether no more work may begin. */
  public boolean isSpent() {
    return Invocation.current().timeLeft().compareTo(reserve) <= 0;
  }

  /**
   * Does this work in parallel and begins none once the budget is spent. A piece that fails does
   * not keep the others from being done.
   *
   * @param atOnce how many pieces are done at a time, at most
   * @throws RuntimeException what a piece of work threw first, when all that began are done
   */
  public <T> void forEach(Collection<T> items, int atOnce, Consumer<T> work) {
    Queue<T> waiting = new ConcurrentLinkedQueue<>(items);
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    Parallel.forEach(
        IntStream.range(0, Math.min(atOnce, items.size())).boxed().toList(),
        worker -> {
          while (!waiting.isEmpty() && !isSpent()) {
            attempt(waiting, work, failures);
          }
        });
    if (!waiting.isEmpty()) {
      Invocation.current().leftOver(waiting.size());
    }
    if (!failures.isEmpty()) {
      throw failures.element();
    }
  }

  private static <T> void attempt(
      Queue<T> waiting, Consumer<T> work, Queue<RuntimeException> failures) {
    T item = waiting.poll();
    if (item == null) {
      return;
    }
    try {
      work.accept(item);
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }
}
