package parley.platform.log;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.platform.ErrorCode;
import parley.platform.json.Json;

/**
 * The log of one function: a line of JSON for each invocation, and one for each fault. Its fields
 * are named in {@link Invocation}; no content, token or email has a way in.
 *
 * <p>It is written by hand, without a logging library: the line is all there is to log, and
 * jackson-core is in the jar already.
 */
public final class Log {
  /** The variable in which Lambda tells a function the level that the template sets for it. */
  public static final String LEVEL_VARIABLE = "AWS_LAMBDA_LOG_LEVEL";

  private final String function;
  private final String stage;
  private final Level least;
  private final Clock clock;
  private final Consumer<String> lines;

  /**
   * @param function how the lines name it
   * @param stage which deployment it is part of: the dimension of its metrics
   * @param least lines below this level are not written
   * @param lines takes each line, on Lambda the standard output
   */
  public Log(String function, String stage, Level least, Clock clock, Consumer<String> lines) {
    this.function = function;
    this.stage = stage;
    this.least = least;
    this.clock = clock;
    this.lines = lines;
  }

  /**
   * Does the work of one invocation, which is its {@link Invocation#current} then, and writes its
   * line when it is done. What it throws is a fault, told and thrown on.
   *
   * @param requestId Lambda's, by which AWS's own lines can be found
   * @param timeLeft how long it is until Lambda ends the invocation
   */
  public <T extends @Nullable Object, X extends Throwable> T invocation(
      String requestId, Supplier<Duration> timeLeft, ScopedValue.CallableOp<T, X> work) throws X {
    Invocation invocation = new Invocation(this, requestId, timeLeft);
    try {
      return ScopedValue.where(Invocation.CURRENT, invocation).call(work);
    } catch (Throwable e) {
      invocation.fault(ErrorCode.INTERNAL, e);
      throw e;
    } finally {
      invocation.finish();
    }
  }

  /** The same for work that nothing ends. */
  public <T extends @Nullable Object, X extends Throwable> T invocation(
      String requestId, ScopedValue.CallableOp<T, X> work) throws X {
    return invocation(requestId, Invocation.UNLIMITED, work);
  }

  /** The same for work that has no result either. */
  public void invocation(String requestId, Runnable work) {
    invocation(
        requestId,
        () -> {
          work.run();
          return null;
        });
  }

  /** The same log with its lines, and so its metrics, going to {@code others} only. */
  public Log to(Consumer<String> others) {
    return new Log(function, stage, least, clock, others);
  }

  boolean writes(Level level) {
    return level.compareTo(least) >= 0;
  }

  /**
   * Writes a line.
   *
   * @param metrics what it carries for CloudWatch, in the Embedded Metric Format
   */
  void write(Level level, Map<String, Object> fields, Map<Measure, Object> metrics) {
    if (!writes(level)) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", clock.instant());
    line.put("level", level);
    line.put("function", function);
    line.putAll(fields);
    embed(metrics).ifPresent(line::putAll);
    lines.accept(Json.write(line));
  }

  /**
   * The metrics as root members and the metadata that points at them (CloudWatch's "Specification:
   * Embedded metric format"); CloudWatch Logs makes metrics of them without a call to its API.
   */
  private Optional<Map<String, Object>> embed(Map<Measure, Object> metrics) {
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(Measure.STAGE, stage);
    metrics.forEach((metric, value) -> members.put(metric.title(), value));
    Map<String, Object> directive =
        Map.of(
            "Namespace",
            Measure.NAMESPACE,
            "Dimensions",
            List.of(List.of(Measure.STAGE)),
            "Metrics",
            metrics.keySet().stream().map(Log::definition).toList());
    members.put(
        "_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    return Optional.of(members);
  }

  private static Map<String, String> definition(Measure measure) {
    return Map.of("Name", measure.title(), "Unit", measure.unit().title());
  }
}
