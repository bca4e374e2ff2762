package parley.platform.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads lists that may be longer than one answer of the Data API, which has 1 MiB, page by page.
 */
public final class Pages {
  private Pages() {}

  /**
   * Things of a list, until there are {@code most} of them or more, or no further ones.
   *
   * @param size how many rows a full page has
   * @param page reads the rows that follow a row, or the first ones
   */
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

  /**
   * What is read of things that are known by their ids, so many at once; in no order.
   *
   * @param page reads of some of them
   */
  public static <T> List<T> byIds(
      Collection<UUID> ids, int size, Function<List<UUID>, List<T>> page) {
    List<UUID> wanted = List.copyOf(ids);
    List<T> all = new ArrayList<>();
    for (int start = 0; start < wanted.size(); start += size) {
      all.addAll(page.apply(wanted.subList(start, Math.min(start + size, wanted.size()))));
    }
    return all;
  }
}
