package parley.platform.list;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a page of a list begins, and how many things it has at most. */
public final class PageStart {
  private final Listing listing;
  private final Optional<ListCursor> cursor;
  private final int limit;

  PageStart(Listing listing, Optional<ListCursor> cursor, int limit) {
    this.listing = listing;
    this.cursor = cursor;
    this.limit = limit;
  }

  /** Whether it is the first page. */
  public boolean isFirst() {
    return cursor.isEmpty();
  }

  /** The text at a place of the cursor, the first at 0; null for the first page. */
  public @Nullable String text(int place) {
    return cursor.map(found -> found.text(place)).orElse(null);
  }

  /** The id at a place of the cursor; null for the first page. */
  public @Nullable UUID id(int place) {
    return cursor.map(found -> found.id(place)).orElse(null);
  }

  /** The time at a place of the cursor; 1970 for the first page. */
  public Instant time(int place) {
    return cursor.map(found -> found.time(place)).orElse(Instant.EPOCH);
  }

  /** The number at a place of the cursor, which is not negative; 0 for the first page. */
  public long number(int place) {
    return cursor.map(found -> found.number(place)).orElse(0L);
  }

  /** How many rows to read: one more than the page has tells whether there is another page. */
  public int rows() {
    return limit + 1;
  }

  /**
   * The page that these rows make.
   *
   * @param rows {@link #rows} at most
   * @param item reads the thing of a row
   * @param position what the list is sorted by, of a row: texts, ids, times to the millisecond and
   *     numbers, for the cursor behind it
   */
  public <R, T> Page<T> page(List<R> rows, Function<R, T> item, Function<R, List<?>> position) {
    boolean more = rows.size() > limit;
    List<R> given = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        given.stream().map(item).toList(),
        more
            ? Optional.of(ListCursor.of(listing, position.apply(given.getLast())).text())
            : Optional.empty());
  }
}
