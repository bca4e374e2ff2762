package parley.infra;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import parley.platform.log.Measure;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/**
 * The dashboard of a stage. An account has three free, of at most 50 metrics each; another costs $3
 * a month.
 */
final class Overview extends Construct {
  /** A third of the dashboard's 24 columns. */
  private static final int WIDTH = 8;

  Overview(ApiStack scope, StageContext context, StageMetrics metrics) {
    super(scope, "Overview");
    List<List<IWidget>> rows =
        List.of(
            List.of(
                graph(
                    "Delivery latency (ms)",
                    metrics.own(Measure.DELIVERY_LATENCY, "p50"),
                    metrics.own(Measure.DELIVERY_LATENCY, "p99")),
                graph(
                    "Sends and pages caught up",
                    metrics.own(Measure.SENDS),
                    metrics.own(Measure.SWEPT),
                    metrics.own(Measure.SYNC_PAGES)),
                graph(
                    "Posts to connections",
                    metrics.own(Measure.DELIVERIES),
                    metrics.own(Measure.GONE),
                    metrics.own(Measure.RETRIES),
                    metrics.own(Measure.PINGS)),
                graph("Faults", metrics.own(Measure.FAULTS), metrics.own(Measure.REFUSALS))),
            List.of(
                graph("HTTP API", metrics.httpRequests(), metrics.httpClientErrors()),
                graph("WebSocket API", metrics.connects(), metrics.socketMessages()),
                graph("API errors", metrics.httpServerErrors(), metrics.socketErrors())),
            List.of(
                graph("Invocations", metrics, metrics::invocations),
                graph("Slowest of a hundred (ms)", metrics, metrics::slowest),
                graph(
                    "Errors and throttles",
                    Stream.concat(
                            metrics.functions().stream().map(metrics::errors),
                            metrics.functions().stream().map(metrics::throttles))
                        .toArray(IMetric[]::new))),
            List.of(
                graph("Database capacity", metrics.databaseCapacity(), metrics.databaseUse()),
                graph("Failed deliveries", metrics.failedDeliveriesKept()),
                graph("HTTP latency (ms)", metrics.httpLatency())));
    Dashboard.Builder.create(this, "Dashboard")
        .dashboardName(context.stackName("overview"))
        .widgets(rows)
        .build();
  }

  private static IWidget graph(
      String title, StageMetrics metrics, Function<ChatFunction, Metric> metric) {
    return graph(title, metrics.functions().stream().map(metric).toArray(IMetric[]::new));
  }

  private static IWidget graph(String title, IMetric... metrics) {
    return GraphWidget.Builder.create().title(title).left(List.of(metrics)).width(WIDTH).build();
  }
}
