package parley.platform.list;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page, empty if this is the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  /** The same page, with each thing as this makes it. */
  public <U> Page<U> map(Function<T, U> mapper) {
    return new Page<>(items.stream().map(mapper).toList(), next);
  }
}
