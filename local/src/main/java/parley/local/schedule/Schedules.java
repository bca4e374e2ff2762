package parley.local.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parley.local.lambda.Functions;
import parley.local.template.Deployment;
import parley.local.template.InvokePermissions;
import parley.local.template.Resource;
import parley.local.template.TemplateException;

/**
 * Runs the template's schedules, the rules of EventBridge with a rate, on a clock of their own:
 * whatever functions they name are invoked asynchronously, as EventBridge does.
 *
 * <p>A rule is due one period after the start, and then once a period. When the clock leaps over
 * several periods the rule is due once: a machine that wakes up does not make up for what it slept
 * through, and neither does EventBridge after an outage.
 */
public final class Schedules implements AutoCloseable {
  /** How often, in real time, the clock is asked. */
  private static final long POLL_MILLIS = 200;

  /** What may stand in a target and is understood, or means nothing on one machine. */
  private static final Set<String> TARGET_PROPERTIES =
      Set.of("Arn", "DeadLetterConfig", "Id", "Input", "RetryPolicy");

  private static final class Schedule {
    private final String ruleArn;
    private final String functionArn;
    private final @Nullable String input;
    private final Duration period;
    private Instant due;

    Schedule(
        String ruleArn,
        String functionArn,
        @Nullable String input,
        Duration period,
        Instant start) {
      this.ruleArn = ruleArn;
      this.functionArn = functionArn;
      this.input = input;
      this.period = period;
      this.due = start.plus(period);
    }
  }

  private final Functions functions;
  private final Clock clock;
  private final List<Schedule> schedules = new ArrayList<>();
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("schedules").daemon().factory());

  /**
   * Reads the rules; nothing runs by itself before {@link #start}.
   *
   * @throws TemplateException naming a rule that is not understood, or one that no permission lets
   *     invoke its function
   */
  public Schedules(Deployment deployment, Functions functions, Clock clock) {
    this.functions = functions;
    this.clock = clock;
    Instant now = clock.instant();
    InvokePermissions permissions = new InvokePermissions(deployment);
    for (Resource rule : deployment.ofType("AWS::Events::Rule")) {
      if (rule.text("State").orElse("ENABLED").equals("ENABLED")) {
        Duration period = period(rule);
        for (JsonNode target : rule.property("Targets")) {
          schedules.add(read(rule, target, period, permissions, now));
        }
      }
    }
  }

  private static Duration period(Resource rule) {
    try {
      return Rate.parse(rule.requireText("ScheduleExpression"));
    } catch (IllegalArgumentException e) {
      throw new TemplateException(rule.described() + ": " + e.getMessage(), e);
    }
  }

  private static Schedule read(
      Resource rule,
      JsonNode target,
      Duration period,
      InvokePermissions permissions,
      Instant start) {
    target
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!TARGET_PROPERTIES.contains(name)) {
                throw new TemplateException(
                    rule.described() + " has a target with an unknown property: " + name);
              }
            });
    String function = target.path("Arn").asText();
    String ruleArn = rule.attribute("Arn");
    permissions.require(rule, "events.amazonaws.com", function, ruleArn);
    return new Schedule(ruleArn, function, target.path("Input").textValue(), period, start);
  }

  /** Lets the schedules run by themselves from now on. */
  public void start() {
    if (!schedules.isEmpty()) {
      var _ =
          poller.scheduleWithFixedDelay(
              this::runDue, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Queues an event for every rule that is due by the clock; this also happens by itself. Each
   * event tells when its rule was due.
   */
  public synchronized void runDue() {
    Instant now = clock.instant();
    for (Schedule schedule : schedules) {
      if (schedule.due.isAfter(now)) {
        continue;
      }
      long missed = Duration.between(schedule.due, now).dividedBy(schedule.period);
      Instant time = schedule.due.plus(schedule.period.multipliedBy(missed));
      schedule.due = time.plus(schedule.period);
      functions.invokeAsync(
          schedule.functionArn,
          schedule.input == null
              ? ScheduledEvent.of(schedule.ruleArn, time)
              : schedule.input.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    poller.shutdownNow();
    poller.close();
  }
}
