package parley.platform.log;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import parley.platform.ErrorCode;

/**
 * What is known of the invocation that runs, for its line in the log. Whoever learns something
 * tells it to {@link #current}; what has no method here cannot get into the log.
 *
 * <p>Safe for use by many threads. A new thread has no current invocation: whoever starts one takes
 * it along.
 */
public final class Invocation {
  static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  private static final Log NOWHERE = new Log("", "", Level.ERROR, Clock.systemUTC(), line -> {});

  /** The Embedded Metric Format takes at most 100 values of a metric in one line. */
  private static final int MOST_VALUES = 100;

  private final Log log;
  private final long begin = System.nanoTime();
  private final Map<String, Object> about = new LinkedHashMap<>();
  private final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
  private final Map<Metric, List<Long>> values = new EnumMap<>(Metric.class);
  private String outcome = "OK";

  Invocation(Log log, String requestId) {
    this.log = log;
    about.put("requestId", requestId);
  }

  /** The invocation that runs; outside of any, one of which nothing is written. */
  public static Invocation current() {
    return CURRENT.isBound() ? CURRENT.get() : new Invocation(NOWHERE, "");
  }

  /**
   * What is asked for: a route as the contract writes it, or an event's name. Never a path or a
   * name that a client made up, which may hold anything.
   */
  public synchronized void action(String name) {
    about.put("action", name);
  }

  /** On which connection. */
  public synchronized void connection(String id) {
    about.put("connectionId", id);
  }

  /** By whom. */
  public synchronized void user(UUID id) {
    about.put("userId", id);
  }

  /** What the client is told instead of a result. */
  public synchronized void refused(ErrorCode code) {
    outcome = code.name();
  }

  /** A failure that is our own fault: it has a line of its own, with its kind and place. */
  public synchronized void fault(ErrorCode told, Throwable failure) {
    refused(told);
    fault(failure);
  }

  /** The same for a failure of which the client is told nothing, because it does not lose by it. */
  public synchronized void fault(Throwable failure) {
    count(Metric.FAULTS, 1);
    Map<String, Object> fields = new LinkedHashMap<>(about);
    fields.put("outcome", outcome);
    fields.put("fault", Fault.of(failure));
    log.write(Level.ERROR, fields, Map.of());
  }

  /** Adds to a metric that counts. */
  public synchronized void count(Metric metric, long number) {
    counts.merge(metric, number, Long::sum);
  }

  /** Adds a value to a metric in milliseconds; more than 100 in one invocation are left out. */
  public synchronized void took(Metric metric, Duration duration) {
    List<Long> taken = values.computeIfAbsent(metric, first -> new ArrayList<>());
    if (taken.size() < MOST_VALUES) {
      taken.add(duration.toMillis());
    }
  }

  synchronized void finish() {
    Map<String, Object> fields = new LinkedHashMap<>(about);
    fields.put("outcome", outcome);
    fields.put("durationMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    Map<Metric, Object> metrics = new EnumMap<>(Metric.class);
    metrics.putAll(counts);
    metrics.putAll(values);
    log.write(Level.INFO, fields, metrics);
  }
}
