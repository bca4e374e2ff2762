package parley.platform.log;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parley.platform.ErrorCode;

/**
 * The invocation that runs: what is known of it, for its line in the log, and how much time it has
 * left. Code that learns something reports it to {@link #current}; only what has a method here can
 * get into the log.
 *
 * <p>Safe for use by many threads. A new thread has no current invocation: whoever starts one takes
 * it along, by {@link #carriedBy}.
 */
public final class Invocation {
  static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  /** The time of what no function's timeout ends. */
  static final Supplier<Duration> UNLIMITED = () -> Duration.ofDays(1);

  private static final Log NOWHERE = new Log("", "", Level.ERROR, Clock.systemUTC(), line -> {});

  /** The Embedded Metric Format takes at most 100 values of a metric in one line. */
  private static final int MOST_VALUES = 100;

  private final Log log;
  private final Supplier<Duration> timeLeft;
  private final long begin = System.nanoTime();
  private final Map<String, Object> about = new LinkedHashMap<>();
  private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
  private final Map<Measure, List<Long>> values = new EnumMap<>(Measure.class);
  private final Set<String> refusals = new HashSet<>();
  private String outcome = "OK";

  Invocation(Log log, String requestId, Supplier<Duration> timeLeft) {
    this.log = log;
    this.timeLeft = timeLeft;
    about.put("requestId", requestId);
  }

  /** The invocation that runs; outside of any, one of which nothing is written. */
  public static Invocation current() {
    return CURRENT.isBound() ? CURRENT.get() : new Invocation(NOWHERE, "", UNLIMITED);
  }

  /** How long it is until the function's timeout ends the invocation; a day if nothing does. */
  public Duration timeLeft() {
    return timeLeft.get();
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

  /** How many pieces of work did not begin because there was no time left for them. */
  public synchronized void leftOver(int pieces) {
    about.merge("leftOver", pieces, (before, more) -> (int) before + (int) more);
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
    count(Measure.FAULTS, 1);
    Map<String, Object> fields = new LinkedHashMap<>(about);
    fields.put("outcome", outcome);
    fields.put("fault", Fault.of(failure));
    log.write(Level.ERROR, fields, Map.of());
  }

  /**
   * A call that AWS refused for a reason of ours. Whoever made it may go on in another way, so this
   * tells of it at once. Of many of a kind in one invocation the first has a line; all are counted.
   *
   * @param call the operation, as AWS names it
   * @param requestBytes the size of what was sent; empty if that is not known
   */
  public synchronized void refusal(
      String call, int status, OptionalLong requestBytes, Throwable refusal) {
    count(Measure.REFUSALS, 1);
    if (refusals.add(call + " " + status)) {
      Map<String, Object> fields = new LinkedHashMap<>(about);
      fields.put("call", call);
      fields.put("status", status);
      requestBytes.ifPresent(bytes -> fields.put("requestBytes", bytes));
      fields.put("fault", Fault.of(refusal));
      log.write(Level.ERROR, fields, Map.of());
    }
  }

  /** One step of the work on a connection, for the level DEBUG. */
  public synchronized void step(String what, String connection) {
    if (log.writes(Level.DEBUG)) {
      Map<String, Object> fields = new LinkedHashMap<>(about);
      fields.put("connectionId", connection);
      fields.put("step", what);
      log.write(Level.DEBUG, fields, Map.of());
    }
  }

  /** Adds to a metric that counts. */
  public synchronized void count(Measure measure, long number) {
    counts.merge(measure, number, Long::sum);
  }

  /** Adds a value to a metric in milliseconds; more than 100 in one invocation are left out. */
  public synchronized void took(Measure measure, Duration duration) {
    List<Long> taken = values.computeIfAbsent(measure, first -> new ArrayList<>());
    if (taken.size() < MOST_VALUES) {
      taken.add(duration.toMillis());
    }
  }

  /** The same work with this as its current invocation, for another thread to do. */
  public <T> Callable<T> carriedBy(Callable<T> work) {
    return () -> ScopedValue.where(CURRENT, this).call(work::call);
  }

  synchronized void finish() {
    Map<String, Object> fields = new LinkedHashMap<>(about);
    fields.put("outcome", outcome);
    fields.put("durationMillis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    Map<Measure, Object> metrics = new EnumMap<>(Measure.class);
    metrics.putAll(counts);
    metrics.putAll(values);
    log.write(Level.INFO, fields, metrics);
  }
}
