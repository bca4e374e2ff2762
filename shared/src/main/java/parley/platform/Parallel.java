package parley.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.platform.log.Invocation;

/** Does work at once, each piece on a virtual thread of its own. */
public final class Parallel {
  private Parallel() {}

  /**
   * Gives the results in the order of the items, when all are done. The current invocation is the
   * current one of each piece of work, too. A single item is done on the caller's thread.
   *
   * @throws RuntimeException what a piece of work threw, the first in the order of the items
   */
  public static <T, R> List<R> map(Collection<T> items, Function<T, R> work) {
    if (items.size() == 1) {
      return List.of(work.apply(items.iterator().next()));
    }
    Invocation invocation = Invocation.current();
    List<Future<R>> done = new ArrayList<>();
    // Closing it waits for all.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      items.forEach(item -> done.add(threads.submit(invocation.carriedBy(() -> work.apply(item)))));
    }
    return done.stream().map(Parallel::result).toList();
  }

  /** Does all this work, as {@link #map} does. */
  public static <T> void forEach(Collection<T> items, Consumer<T> work) {
    var _ =
        map(
            items,
            item -> {
              work.accept(item);
              return true;
            });
  }

  private static <R> R result(Future<R> done) {
    if (done.state() == Future.State.SUCCESS) {
      return done.resultNow();
    }
    throw done.exceptionNow() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(done.exceptionNow());
  }
}
