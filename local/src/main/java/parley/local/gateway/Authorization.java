package parley.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import parley.local.gateway.Integrations.Outcome;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;

/** Asks a Lambda REQUEST authorizer whether a handshake may go on. */
final class Authorization {
  private static final int MAXIMUM_CONTEXT_BYTES = 8 * 1024;

  private final Authorizer authorizer;
  private final SocketEvents events;
  private final Integrations integrations;
  private final GatewayOptions options;

  Authorization(
      Authorizer authorizer,
      SocketEvents events,
      Integrations integrations,
      GatewayOptions options) {
    this.authorizer = authorizer;
    this.events = events;
    this.integrations = integrations;
    this.options = options;
  }

  /** The authorizer's decision. */
  sealed interface Decision {
    /** Let in; the context rides on every event of the connection. */
    record Allowed(ObjectNode context) implements Decision {}

    /** Not let in: 401, 403, or 500 for an authorizer that does not work. */
    record Refused(int status, String message) implements Decision {}
  }

  Decision decide(Handshake handshake) {
    if (!authorizer.identitySources().stream()
        .allMatch(source -> isPresent(source, handshake.exchange()))) {
      return new Decision.Refused(401, "Unauthorized");
    }
    long start = System.nanoTime();
    Outcome outcome =
        integrations.invoke(
            authorizer.functionArn(),
            events.authorizer(handshake),
            options.limits().socketTimeout());
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    return switch (outcome) {
      case Outcome.Answered answered -> judge(answered.payload(), milliseconds);
      case Outcome.Failed failed ->
          failed.errorMessage().equals("Unauthorized")
              ? new Decision.Refused(401, "Unauthorized")
              : broken();
      case Outcome.TimedOut _ -> broken();
    };
  }

  private Decision judge(JsonNode answer, long milliseconds) {
    JsonNode principal = answer.path("principalId");
    JsonNode context = answer.path("context");
    if (!principal.isTextual()
        || !(context.isMissingNode() || context.isNull() || context.isObject())
        || context.toString().getBytes(StandardCharsets.UTF_8).length > MAXIMUM_CONTEXT_BYTES) {
      return broken();
    }
    ObjectNode carried = Json.object();
    for (Map.Entry<String, JsonNode> entry : context.properties()) {
      if (entry.getValue().isContainerNode()) {
        return broken();
      }
      if (!entry.getValue().isNull()) {
        carried.put(entry.getKey(), entry.getValue().asText());
      }
    }
    carried.put("principalId", principal.asText());
    carried.put("integrationLatency", milliseconds);
    try {
      IamPolicy policy = IamPolicy.parse(answer.path("policyDocument"));
      return policy.allowsInvoking(events.methodArn())
          ? new Decision.Allowed(carried)
          : new Decision.Refused(403, "Forbidden");
    } catch (IllegalArgumentException e) {
      return broken();
    }
  }

  private static Decision broken() {
    return new Decision.Refused(500, "Internal server error");
  }

  private static boolean isPresent(String source, Exchange exchange) {
    if (source.startsWith("route.request.header.")) {
      return !exchange.header(source.substring("route.request.header.".length())).isEmpty();
    }
    if (source.startsWith("route.request.querystring.")) {
      String name = source.substring("route.request.querystring.".length());
      return exchange.queryParameters().getOrDefault(name, List.of()).stream()
          .anyMatch(value -> !value.isEmpty());
    }
    throw new IllegalArgumentException("unknown identity source: " + source);
  }
}
