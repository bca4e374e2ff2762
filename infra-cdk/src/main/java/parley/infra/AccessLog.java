package parley.infra;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * What API Gateway logs of each request, and of each event of a connection, a line of JSON in a log
 * group of the stage's own: what reached no function is there too.
 *
 * <p>Never more than is listed here: paths, query strings and headers may hold tokens and the codes
 * of invites, bodies hold what people write, and whatever a function says of an error may hold
 * either. Addresses and the names of browsers tell of people what nobody here asks.
 */
final class AccessLog {
  /** Whose it was is in the line of the function, which {@code functionRequestId} finds. */
  private static final Map<String, String> HTTP =
      Map.of(
          "method", "httpMethod",
          "protocol", "protocol",
          "latencyMillis", "responseLatency",
          "responseBytes", "responseLength");

  private static final Map<String, String> SOCKET =
      Map.of(
          "eventType", "eventType",
          "connectionId", "connectionId",
          "userId", "authorizer.userId",
          "messageId", "messageId",
          "authorizerStatus", "authorizer.status",
          "authorizerMillis", "authorizer.latency");

  /** By their names in the line, what API Gateway calls the values. */
  private static final Map<String, String> BOTH =
      Map.of(
          "timestampMillis", "requestTimeEpoch",
          "gatewayRequestId", "requestId",
          "functionRequestId", "integration.requestId",
          "route", "routeKey",
          "status", "status",
          "integrationStatus", "integration.integrationStatus",
          "functionStatus", "integration.status",
          "integrationMillis", "integration.latency",
          "error", "error.message",
          "errorType", "error.responseType");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AccessLog() {}

  /** Has the stage of the HTTP API write a log, if the context wants any. */
  static void http(Construct stage, StageContext context) {
    add(stage, HTTP, context);
  }

  /** Has the stage of the WebSocket API write one. */
  static void socket(Construct stage, StageContext context) {
    add(stage, SOCKET, context);
  }

  private static void add(Construct stage, Map<String, String> own, StageContext context) {
    if (!context.accessLogs()) {
      for (String rule : List.of("AwsSolutions-APIG1", "Serverless-APIGWAccessLogging")) {
        Accepted.of(stage, rule, "The one who deploys wants none: the context value accessLogs.");
      }
      return;
    }
    LogGroup lines =
        LogGroup.Builder.create(stage, "AccessLog")
            .retention(context.logRetention())
            .removalPolicy(context.removalPolicy())
            .build();
    CfnStage resource = (CfnStage) requireNonNull(stage.getNode().getDefaultChild());
    resource.setAccessLogSettings(
        CfnStage.AccessLogSettingsProperty.builder()
            .destinationArn(lines.getLogGroupArn())
            .format(format(own))
            .build());
  }

  private static String format(Map<String, String> own) {
    Map<String, String> fields = new TreeMap<>();
    BOTH.forEach((name, variable) -> fields.put(name, "$context." + variable));
    own.forEach((name, variable) -> fields.put(name, "$context." + variable));
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
