package parley.local.usage;

import java.util.EnumMap;
import java.util.Map;

/** Counts what AWS would bill. Safe for use by many threads. */
public final class Usage {
  private static final int KILOBYTE = 1024;

  private final Map<Meter, Double> used = new EnumMap<>(Meter.class);

  synchronized void add(Meter meter, double units) {
    used.merge(meter, units, Double::sum);
  }

  /** Adds one unit for each so many kilobytes that were begun, at least one. */
  void addBySize(Meter meter, int bytes, int kilobytes) {
    add(meter, Math.max(1, Math.ceilDiv(bytes, kilobytes * KILOBYTE)));
  }

  /** All that was used so far; a meter that is not there has counted nothing. */
  public synchronized Map<Meter, Double> total() {
    return Map.copyOf(used);
  }
}
