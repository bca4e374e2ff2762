package parley.local.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.lambda.Functions;
import parley.local.lambda.Invocation;
import parley.local.template.Deployment;
import parley.local.template.TemplateException;

class SchedulesTest {
  private static final Instant START = Instant.parse("2026-11-22T15:04:05.678Z");
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:fn";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Recorder functions = new Recorder();
  private final SteppedClock clock = new SteppedClock();

  @Test
  void aRuleIsDueOnceAPeriod() {
    Schedules schedules = schedules("rate(2 minutes)", "");
    schedules.runDue();
    clock.now = START.plus(Duration.ofSeconds(119));
    schedules.runDue();
    assertThat(functions.events).isEmpty();
    for (int minutes = 2; minutes <= 6; minutes++) {
      clock.now = START.plus(Duration.ofMinutes(minutes));
      schedules.runDue();
      schedules.runDue();
    }
    assertThat(functions.events)
        .extracting(event -> event.path("time").asText())
        .containsExactly("2026-11-22T15:06:05Z", "2026-11-22T15:08:05Z", "2026-11-22T15:10:05Z");
  }

  @Test
  void aLeapOfTheClockIsNotMadeUpFor() {
    Schedules schedules = schedules("rate(1 minute)", "");
    clock.now = START.plus(Duration.ofMinutes(90)).plusSeconds(30);
    schedules.runDue();
    clock.now = clock.now.plusSeconds(29);
    schedules.runDue();
    assertThat(functions.events).hasSize(1);
    clock.now = clock.now.plusSeconds(1);
    schedules.runDue();
    assertThat(functions.events)
        .extracting(event -> event.path("time").asText())
        .containsExactly("2026-11-22T16:34:05Z", "2026-11-22T16:35:05Z");
  }

  @Test
  void theEventIsThatOfEventBridge() throws IOException {
    Schedules schedules = schedules("rate(1 minute)", "");
    clock.now = START.plus(Duration.ofMinutes(1));
    schedules.runDue();
    JsonNode sample =
        JSON.readTree(Path.of("..", "events", "samples", "keepalive", "tick.json").toFile());
    ObjectNode event = (ObjectNode) functions.events.getFirst();
    assertThat(event.path("resources").path(0).asText())
        .isEqualTo("arn:aws:events:us-east-1:000000000000:rule/tick");
    assertThat(event.propertyStream().map(Map.Entry::getKey))
        .containsExactlyElementsOf(sample.propertyStream().map(Map.Entry::getKey).toList());
    for (String same : List.of("version", "detail-type", "source", "region", "detail")) {
      assertThat(event.path(same)).isEqualTo(sample.path(same));
    }
  }

  @Test
  void aTargetsInputIsTheEventThen() {
    Schedules schedules = schedules("rate(1 hour)", ", 'Input': '{\\\"n\\\": 1}'");
    clock.now = START.plus(Duration.ofHours(1));
    schedules.runDue();
    assertThat(functions.events).containsExactly(JSON.createObjectNode().put("n", 1));
  }

  @Test
  void aRunningScheduleNoticesByItselfAndStopsWhenClosed() {
    try (Schedules schedules = schedules("rate(1 day)", "")) {
      schedules.start();
      clock.now = START.plus(Duration.ofDays(1));
      long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (functions.events.isEmpty()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
    assertThat(functions.events).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(1 minutes)",
        "rate(2 minute)",
        "rate(0 minutes)",
        "rate(5 seconds)",
        "cron(0 10 * * ? *)"
      })
  void anExpressionThatIsNoRateIsNamedWithItsRule(String expression) {
    assertThatThrownBy(() -> schedules(expression, ""))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Tick (AWS::Events::Rule)")
        .hasMessageContaining(expression);
  }

  @Test
  void anUnknownPropertyOfATargetIsNamed() {
    assertThatThrownBy(() -> schedules("rate(1 minute)", ", 'InputPath': '$.detail'"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("InputPath");
  }

  @Test
  void aRuleWithoutPermissionDoesNotBoot() {
    assertThatThrownBy(() -> schedules("rate(1 minute)", "", "apigateway.amazonaws.com"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("S.Tick")
        .hasMessageContaining("events.amazonaws.com");
  }

  private Schedules schedules(String expression, String more) {
    return schedules(expression, more, "events.amazonaws.com");
  }

  private Schedules schedules(String expression, String more, String principal) {
    String template =
        """
        {'Resources': {
          'Fn': {'Type': 'AWS::Lambda::Function', 'Properties': {'FunctionName': 'fn',
            'Runtime': 'java25', 'Handler': 'x', 'Role': 'r'}},
          'Tick': {'Type': 'AWS::Events::Rule', 'Properties': {'Name': 'tick',
            'ScheduleExpression': '%s', 'State': 'ENABLED',
            'Targets': [{'Arn': {'Fn::GetAtt': ['Fn', 'Arn']}, 'Id': 'Target0'%s}]}},
          'Off': {'Type': 'AWS::Events::Rule', 'Properties': {
            'ScheduleExpression': 'rate(1 minute)', 'State': 'DISABLED',
            'Targets': [{'Arn': {'Fn::GetAtt': ['Fn', 'Arn']}, 'Id': 'Target0'}]}},
          'May': {'Type': 'AWS::Lambda::Permission', 'Properties': {
            'Action': 'lambda:InvokeFunction', 'Principal': '%s',
            'FunctionName': {'Fn::GetAtt': ['Fn', 'Arn']},
            'SourceArn': {'Fn::GetAtt': ['Tick', 'Arn']}}}}}
        """
            .formatted(expression, more, principal)
            .replace('\'', '"');
    return new Schedules(Deployment.of(Map.of("S", template)), functions, clock);
  }

  /** Takes what would be queued for the one function. */
  private static final class Recorder implements Functions {
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    @Override
    public Invocation invoke(String functionArn, byte[] event) {
      throw new AssertionError("a schedule invokes asynchronously");
    }

    @Override
    public void invokeAsync(String functionArn, byte[] event) {
      assertThat(functionArn).isEqualTo(FUNCTION);
      try {
        events.add(JSON.readTree(new String(event, UTF_8)));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class SteppedClock extends Clock {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
