package parley.platform.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads lists that may be longer than one answer of the Data API, which has 1 MiB, page by page.
 */
public final class Pages {
  private Pages() {}

  /**
   * Everything there is.
   *
   * @param size how many rows a full page has
   * @param page reads the rows that follow a row, or the first ones
   */
  public static <T> List<T> all(int size, Function<Optional<T>, List<T>> page) {
    return atMost(Integer.MAX_VALUE, size, page);
  }

  /** The same, but no further page once there are {@code most}, a multiple of {@code size}. */
  public static <T> List<T> atMost(int most, int size, Function<Optional<T>, List<T>> page) {
    List<T> all = new ArrayList<>();
    List<T> read = page.apply(Optional.empty());
    all.addAll(read);
    while (read.size() == size && all.size() < most) {
      read = page.apply(Optional.of(read.getLast()));
      all.addAll(read);
    }
    return all;
  }
}
