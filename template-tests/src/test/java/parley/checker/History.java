package parley.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that happened in a run, in one order. What a client writes down in the order in which it
 * learned of it stays in that order. Safe for use by many threads.
 */
public final class History {
  private final List<Entry> entries = new ArrayList<>();

  public History() {}

  /** A history that is complete already. */
  public History(List<Entry> entries) {
    this.entries.addAll(entries);
  }

  public synchronized void add(Entry entry) {
    entries.add(entry);
  }

  /** What was written down until now. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The entries of one kind. */
  public <E extends Entry> Stream<E> of(Class<E> kind) {
    return entries().stream().filter(kind::isInstance).map(kind::cast);
  }
}
