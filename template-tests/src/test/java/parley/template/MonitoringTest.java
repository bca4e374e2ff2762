package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parley.platform.log.Measure;

/** Alarms, whom they tell, and what they tell to do. */
class MonitoringTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
  private static final Pattern LINK = Pattern.compile("docs/runbook\\.md#([a-z0-9-]+)$");

  /** Sections of the runbook that are about no alarm. */
  private static final Set<String> GENERAL = Set.of("a-deployment-fails", "reading-the-logs");

  private static final List<String> TYPES =
      List.of(
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::KMS::Key",
          "AWS::SNS::Topic",
          "AWS::SNS::TopicPolicy");

  /** CloudWatch's limit of a dashboard that is free. */
  private static final int FREE_METRICS_OF_A_DASHBOARD = 50;

  /** CloudWatch's number of metrics of one's own that are free. */
  private static final int FREE_METRICS = 10;

  @Test
  void everyAlarmLeadsToItsSectionOfTheRunbookAndEverySectionHasAnAlarm() throws IOException {
    Set<String> sections =
        Files.readAllLines(RUNBOOK).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> linked =
        alarms(Synthesis.standard()).stream()
            .map(MonitoringTest::section)
            .collect(Collectors.toCollection(TreeSet::new));

    linked.addAll(GENERAL);
    assertThat(linked).isEqualTo(sections);
  }

  @Test
  void everyAlarmIsNamedAfterTheStageAndItsSectionAndTellsOfItsEndToo() {
    for (JsonNode alarm : alarms(Synthesis.standard())) {
      assertThat(alarm.path("AlarmName").asText()).startsWith("parley-dev-" + section(alarm));
      assertThat(reference(alarm.path("AlarmActions"))).startsWith("AlarmsTopic");
      assertThat(alarm.path("OKActions")).isEqualTo(alarm.path("AlarmActions"));
      assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    }
  }

  @Test
  void everyFunctionIsWatchedForThrottlesAndForErrorsUnlessRefusingIsOne() {
    Synthesis synthesis = Synthesis.standard();
    Set<String> all =
        Deployed.of(synthesis).stream()
            .map(Deployed::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(functionsWatchedFor(synthesis, "Throttles")).isEqualTo(all);
    all.remove("AuthorizerFunction");
    assertThat(functionsWatchedFor(synthesis, "Errors")).isEqualTo(all);
  }

  @Test
  void alarmsOnTheFunctionsOwnMetricsAskForWhatTheFunctionsSend() {
    List<JsonNode> own =
        alarms(Synthesis.standard()).stream()
            .map(MonitoringTest::metric)
            .filter(metric -> metric.path("Namespace").asText().equals(Measure.NAMESPACE))
            .toList();

    assertThat(own)
        .extracting(metric -> metric.path("MetricName").asText())
        .containsExactlyInAnyOrder(
            Measure.FAULTS.title(), Measure.REFUSALS.title(), Measure.DELIVERY_LATENCY.title());
    for (JsonNode metric : own) {
      assertThat(metric.path("Dimensions")).hasSize(1);
      assertThat(metric.path("Dimensions").path(0).path("Name").asText()).isEqualTo(Measure.STAGE);
      assertThat(metric.path("Dimensions").path(0).path("Value").asText()).isEqualTo("dev");
    }
  }

  @Test
  void nobodyIsMailedUnlessTheContextSaysWho() {
    assertThat(Synthesis.standard().resources("AWS::SNS::Subscription")).isEmpty();
    JsonNode subscription =
        Synthesis.with(Map.of("alarmEmail", "ann@example.com"))
            .resource("AWS::SNS::Subscription")
            .path("Properties");
    assertThat(subscription.path("Protocol").asText()).isEqualTo("email");
    assertThat(subscription.path("Endpoint").asText()).isEqualTo("ann@example.com");
  }

  @Test
  void alarmsMayPublishAndNobodyMayWithoutEncryption() {
    JsonNode statements =
        Synthesis.standard()
            .resource("AWS::SNS::TopicPolicy")
            .path("Properties")
            .path("PolicyDocument")
            .path("Statement");

    assertThat(statements)
        .anySatisfy(
            statement -> {
              assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
              assertThat(statement.path("Principal").path("Service").asText())
                  .isEqualTo("cloudwatch.amazonaws.com");
            })
        .anySatisfy(
            statement -> {
              assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
              assertThat(statement.path("Condition").toString()).contains("aws:SecureTransport");
            });
  }

  /** Without this no alarm reaches anybody, and nothing says so. */
  @Test
  void alarmsMayEncryptWhatTheyPublish() {
    JsonNode key = Synthesis.standard().resource("AWS::KMS::Key").path("Properties");

    assertThat(key.path("EnableKeyRotation").asBoolean()).isTrue();
    assertThat(key.at("/KeyPolicy/Statement"))
        .anySatisfy(
            statement -> {
              assertThat(statement.at("/Principal/Service").asText())
                  .isEqualTo("cloudwatch.amazonaws.com");
              assertThat(statement.path("Action").valueStream().map(JsonNode::asText))
                  .containsExactlyInAnyOrder("kms:Decrypt", "kms:GenerateDataKey*");
            });
  }

  @Test
  void theDashboardAndTheMetricsStayWithinWhatIsFree() {
    String body =
        Intrinsics.text(
            Synthesis.standard()
                .resource("AWS::CloudWatch::Dashboard")
                .path("Properties")
                .path("DashboardBody"));
    int metrics = body.split("\"stat\":", -1).length - 1;

    assertThat(metrics).isBetween(20, FREE_METRICS_OF_A_DASHBOARD);
    assertThat(Measure.values()).hasSizeLessThanOrEqualTo(FREE_METRICS);
    assertThat(Arrays.stream(Measure.values()).map(Measure::title)).allMatch(body::contains);
  }

  @Test
  void aStageThatNobodyWatchesHasNeitherAlarmsNorADashboard() {
    Synthesis synthesis = Synthesis.with(Map.of("monitoring", "false"));

    assertThat(TYPES).allMatch(type -> synthesis.resources(type).isEmpty());
    assertThat(TYPES).noneMatch(type -> Synthesis.standard().resources(type).isEmpty());
  }

  private static Set<String> functionsWatchedFor(Synthesis synthesis, String name) {
    return alarms(synthesis).stream()
        .map(MonitoringTest::metric)
        .filter(metric -> metric.path("Namespace").asText().equals("AWS/Lambda"))
        .filter(metric -> metric.path("MetricName").asText().equals(name))
        .map(metric -> reference(metric.path("Dimensions").path(0).path("Value")))
        .map(id -> id.replaceFirst("(?<=Function)(Function)?[0-9A-F]{8}$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<JsonNode> alarms(Synthesis synthesis) {
    return synthesis.resources("AWS::CloudWatch::Alarm").stream()
        .map(alarm -> alarm.path("Properties"))
        .toList();
  }

  private static JsonNode metric(JsonNode alarm) {
    return alarm.at("/Metrics/0/MetricStat/Metric");
  }

  private static String section(JsonNode alarm) {
    Matcher link = LINK.matcher(alarm.path("AlarmDescription").asText());
    assertThat(link.find()).as("%s links to the runbook", alarm.path("AlarmName")).isTrue();
    return link.group(1);
  }

  private static String reference(JsonNode value) {
    return (value.isArray() ? value.path(0) : value).path("Ref").asText();
  }
}
