package parley.infra;

import java.util.List;
import java.util.Map;
import parley.platform.log.Measure;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.MetricProps;
import software.amazon.awscdk.services.rds.DatabaseCluster;
import software.amazon.awscdk.services.sqs.Queue;

/**
 * What CloudWatch knows of a stage: each metric that an alarm or the dashboard shows, in one place.
 *
 * @param functions all of them
 * @param failedDeliveries the queue of what could not be delivered
 */
record StageMetrics(
    StageContext context,
    List<ChatFunction> functions,
    Queue failedDeliveries,
    DatabaseCluster database,
    HttpApi httpApi,
    WebSocketApi socketApi) {
  /** How often alarms look, and how fine the dashboard is. */
  private static final Duration PERIOD = Duration.minutes(5);

  private static final String SUM = "Sum";
  private static final String LARGEST = "Maximum";

  /** Invocations that threw, timed out or did not start; Lambda counts them. */
  Metric errors(ChatFunction function) {
    return function.function().metricErrors(options(SUM, function.name()));
  }

  /** Invocations that Lambda refused because too many ran. */
  Metric throttles(ChatFunction function) {
    return function.function().metricThrottles(options(SUM, function.name()));
  }

  Metric slowest(ChatFunction function) {
    return function.function().metricDuration(options("p99", function.name()));
  }

  Metric invocations(ChatFunction function) {
    return function.function().metricInvocations(options(SUM, function.name()));
  }

  /** A metric of the functions' own. */
  Metric own(Measure measure, String statistic) {
    return new Metric(
        MetricProps.builder()
            .namespace(Measure.NAMESPACE)
            .metricName(measure.title())
            .dimensionsMap(Map.of(Measure.STAGE, context.stage()))
            .statistic(statistic)
            .period(PERIOD)
            .label(statistic.equals(SUM) ? measure.title() : measure.title() + " " + statistic)
            .build());
  }

  Metric own(Measure measure) {
    return own(measure, SUM);
  }

  Metric failedDeliveriesKept() {
    return failedDeliveries.metricApproximateNumberOfMessagesVisible(
        options(LARGEST, "failed deliveries"));
  }

  /** Per cent of the most capacity that the database may have. */
  Metric databaseUse() {
    return database.metricACUUtilization(options(LARGEST, "per cent of the most"));
  }

  Metric databaseCapacity() {
    return database.metricServerlessDatabaseCapacity(options(LARGEST, "capacity units"));
  }

  Metric httpRequests() {
    return httpApi.metricCount(options(SUM, "HTTP requests"));
  }

  Metric httpClientErrors() {
    return httpApi.metricClientError(options(SUM, "HTTP 4xx"));
  }

  Metric httpServerErrors() {
    return httpApi.metricServerError(options(SUM, "HTTP 5xx"));
  }

  Metric httpLatency() {
    return httpApi.metricLatency(options("p99", "HTTP p99"));
  }

  /** Connections that were opened. */
  Metric connects() {
    return socketApi.metric("ConnectCount", options(SUM, "connects"));
  }

  /** Messages to and from clients, 32 KB each: what API Gateway bills. */
  Metric socketMessages() {
    return socketApi.metric("MessageCount", options(SUM, "messages"));
  }

  /** Events that API Gateway could not hand to a function. */
  Metric socketErrors() {
    return socketApi.metric("ExecutionError", options(SUM, "execution errors"));
  }

  private static MetricOptions options(String statistic, String label) {
    return MetricOptions.builder().statistic(statistic).period(PERIOD).label(label).build();
  }
}
