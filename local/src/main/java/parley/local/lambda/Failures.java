package parley.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** The JSON in which Lambda tells of failed invocations. */
final class Failures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Failures() {}

  /** As Lambda's runtime for Java writes what a handler threw. */
  static byte[] thrown(Throwable thrown) {
    return bytes(describe(thrown, 0));
  }

  private static ObjectNode describe(Throwable thrown, int depth) {
    ObjectNode node = JSON.createObjectNode();
    node.put("errorMessage", thrown.getMessage());
    node.put("errorType", thrown.getClass().getName());
    ArrayNode trace = node.putArray("stackTrace");
    for (StackTraceElement element : thrown.getStackTrace()) {
      trace.add(element.toString());
    }
    if (thrown.getCause() != null && depth < 10) {
      node.set("cause", describe(thrown.getCause(), depth + 1));
    }
    return node;
  }

  static byte[] timedOut(String requestId, Duration timeout) {
    return bytes(
        JSON.createObjectNode()
            .put("errorType", "Sandbox.Timedout")
            .put(
                "errorMessage",
                "RequestId: %s Error: Task timed out after %.2f seconds"
                    .formatted(requestId, timeout.toMillis() / 1000.0)));
  }

  static byte[] killed(String requestId) {
    return bytes(
        JSON.createObjectNode()
            .put("errorType", "Runtime.ExitError")
            .put(
                "errorMessage",
                "RequestId: %s Error: Runtime exited with error: signal: killed"
                    .formatted(requestId)));
  }

  static byte[] responseTooLarge(int limit) {
    return bytes(
        JSON.createObjectNode()
            .put("errorType", "Function.ResponseSizeTooLarge")
            .put(
                "errorMessage",
                "Response payload size exceeded maximum allowed payload size ("
                    + limit
                    + " bytes)."));
  }

  /** The record that an on-failure destination gets. */
  static byte[] destinationRecord(
      FunctionNames.Target target, String requestId, int invocations, byte[] event, byte[] error) {
    ObjectNode record = JSON.createObjectNode();
    record.put("version", "1.0");
    record.put("timestamp", Instant.now().toString());
    record
        .putObject("requestContext")
        .put("requestId", requestId)
        .put("functionArn", target.arn())
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", invocations);
    record.set("requestPayload", parse(event));
    record
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", target.version())
        .put("functionError", "Unhandled");
    record.set("responsePayload", parse(error));
    return bytes(record);
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      return TextNode.valueOf(new String(json, StandardCharsets.UTF_8));
    }
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON", e);
    }
  }
}
