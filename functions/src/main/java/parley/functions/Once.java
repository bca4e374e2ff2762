package parley.functions;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes something at its first use and gives the same from then on, to all threads. The JDK has it
 * as a preview only (JEP 502).
 */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T known = made;
    return known == null ? make() : known;
  }

  private synchronized T make() {
    T known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }
}
