package parley.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import parley.platform.ErrorCode;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class LogTest {
  private static final UUID SOMEBODY = UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d");

  private final List<String> lines = new ArrayList<>();
  private final Log log = log(Level.INFO);

  @Test
  void anInvocationIsALineWithAllThatIsKnownOfIt() {
    String result =
        log.invocation(
            "r1",
            () -> {
              Invocation.current().connection("c1");
              Invocation.current().user(SOMEBODY);
              Invocation.current().action("send_message");
              return "done";
            });

    assertThat(result).isEqualTo("done");
    JsonObject line = onlyLine();
    assertThat(line.integer("durationMillis")).isNotNegative();
    assertThat(withoutDuration(line))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "timestamp", "2026-01-02T03:04:05.006Z",
                "level", "INFO",
                "function", "SocketFunction",
                "requestId", "r1",
                "connectionId", "c1",
                "userId", SOMEBODY.toString(),
                "action", "send_message",
                "outcome", "OK"));
  }

  @Test
  void whatAClientIsRefusedIsTheOutcomeAndNoFault() {
    log.invocation("r1", () -> Invocation.current().refused(ErrorCode.NOT_FRIENDS));

    assertThat(onlyLine().string("outcome")).isEqualTo("NOT_FRIENDS");
    assertThat(onlyLine().has("_aws")).isFalse();
  }

  @Test
  void aFaultHasALineOfItsOwnWithKindsAndPlacesButNoMessage() {
    log.invocation(
        "r1",
        () -> {
          Invocation.current().action("POST /messages");
          Invocation.current()
              .fault(
                  ErrorCode.INTERNAL,
                  new IllegalStateException("dear diary", refused("ValidationException")));
        });

    assertThat(lines).hasSize(2);
    JsonObject fault = Json.readObject(lines.getFirst());
    assertThat(fault.string("level")).isEqualTo("ERROR");
    assertThat(fault.string("action")).isEqualTo("POST /messages");
    assertThat(lines.getFirst())
        .contains(
            "\"kind\":\"java.lang.IllegalStateException\"",
            "\"code\":\"400 ValidationException\"",
            "parley.platform.log.LogTest")
        .doesNotContain("diary");
    JsonObject request = Json.readObject(lines.getLast());
    assertThat(request.string("outcome")).isEqualTo("INTERNAL");
    assertThat(request.integer("Faults")).isEqualTo(1);
  }

  @Test
  void ofCausesThatNeverEndTheFirstFiveAreLogged() {
    IllegalStateException outer = new IllegalStateException();
    outer.initCause(new IllegalArgumentException(outer));

    log.invocation("r1", () -> Invocation.current().fault(ErrorCode.INTERNAL, outer));

    assertThat(lines.getFirst().split("\"kind\":", -1)).hasSize(1 + 5);
  }

  @Test
  void whatTheWorkThrowsIsAFaultAndThrownOn() {
    IOException thrown = new IOException("dear diary");

    assertThatThrownBy(
            () ->
                log.invocation(
                    "r1",
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("java.io.IOException").doesNotContain("diary");
    assertThat(Json.readObject(lines.getLast()).string("outcome")).isEqualTo("INTERNAL");
  }

  @Test
  void metricsStandInTheLineWithWhatTellsCloudWatchOfThem() {
    log.invocation(
        "r1",
        () -> {
          Invocation.current().count(Measure.FAULTS, 1);
          Invocation.current().count(Measure.FAULTS, 2);
        });

    assertThat(onlyLine().integer("Faults")).isEqualTo(3);
    assertThat(onlyLine().string("Stage")).isEqualTo("dev");
    assertThat(onlyLine().object("_aws").fields())
        .isEqualTo(
            Map.of(
                "Timestamp",
                Instant.parse("2026-01-02T03:04:05.006Z").toEpochMilli(),
                "CloudWatchMetrics",
                List.of(
                    Map.of(
                        "Namespace",
                        "Parley",
                        "Dimensions",
                        List.of(List.of("Stage")),
                        "Metrics",
                        List.of(Map.of("Name", "Faults", "Unit", "Count"))))));
  }

  @Test
  void aMetricHasNoMoreValuesThanCloudWatchTakes() {
    log.invocation(
        "r1",
        () -> {
          for (int i = 0; i < 150; i++) {
            Invocation.current().took(Measure.DELIVERY_LATENCY, Duration.ofMillis(i));
          }
        });

    assertThat(onlyLine().value("DeliveryLatency"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(100)
        .startsWith(0L, 1L);
  }

  @Test
  void linesBelowTheLevelAreNotWritten() {
    log(Level.ERROR)
        .invocation(
            "r1", () -> Invocation.current().fault(ErrorCode.INTERNAL, new RuntimeException()));

    assertThat(onlyLine().string("level")).isEqualTo("ERROR");
  }

  @Test
  void stepsAreWrittenForTheOneWhoLooksForAFaultOnly() {
    log.invocation("r1", () -> Invocation.current().step("post GONE", "c2"));
    assertThat(onlyLine().has("step")).isFalse();

    lines.clear();
    log(Level.DEBUG).invocation("r1", () -> Invocation.current().step("post GONE", "c2"));
    assertThat(lines).hasSize(2);
    JsonObject step = Json.readObject(lines.getFirst());
    assertThat(step.string("level")).isEqualTo("DEBUG");
    assertThat(step.string("step")).isEqualTo("post GONE");
    assertThat(step.string("connectionId")).isEqualTo("c2");
    assertThat(step.string("requestId")).isEqualTo("r1");
  }

  @Test
  void aThreadKnowsTheInvocationThatItWorksFor() throws Exception {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      log.invocation(
          "r1",
          () -> {
            Callable<String> work =
                () -> {
                  Invocation.current().action("elsewhere");
                  return "done";
                };
            return thread.submit(Invocation.current().carriedBy(work)).get();
          });
    }

    assertThat(onlyLine().string("action")).isEqualTo("elsewhere");
  }

  @Test
  void outsideOfAnInvocationNothingIsWritten() {
    Invocation.current().fault(ErrorCode.INTERNAL, new RuntimeException());

    assertThat(lines).isEmpty();
  }

  private Log log(Level least) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);
    return new Log("SocketFunction", "dev", least, clock, lines::add);
  }

  private JsonObject onlyLine() {
    assertThat(lines).hasSize(1);
    return Json.readObject(lines.getFirst());
  }

  private static Map<String, Object> withoutDuration(JsonObject line) {
    Map<String, Object> fields = new HashMap<>(line.fields());
    fields.remove("durationMillis");
    return fields;
  }

  private static RuntimeException refused(String code) {
    return DynamoDbException.builder()
        .statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
        .build();
  }
}
