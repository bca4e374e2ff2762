package parley.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What has come so far, in its order, to be waited for. */
final class Recording<T> {
  private final List<T> all = new ArrayList<>();

  synchronized void add(T item) {
    all.add(item);
    notifyAll();
  }

  synchronized List<T> all() {
    return List.copyOf(all);
  }

  synchronized <R> R await(String what, Function<List<T>, Optional<R>> search) {
    Patience.Wait wait = Patience.begin();
    while (true) {
      Optional<R> found = search.apply(all);
      if (found.isPresent()) {
        return found.get();
      }
      if (wait.isOver()) {
        throw new AssertionError(what + " did not come; there are: " + all);
      }
      try {
        wait(wait.pause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
