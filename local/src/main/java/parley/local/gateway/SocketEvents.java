package parley.local.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.eclipse.jetty.websocket.core.CloseStatus;

/** Builds the events of a WebSocket API, field for field as API Gateway sends them. */
final class SocketEvents {
  /** What API Gateway leaves out of a $connect event, though its authorizer sees it. */
  private static final Set<String> HOP_BY_HOP = Set.of("connection", "upgrade", "content-length");

  private final WebSocketApiDefinition api;
  private final GatewayOptions options;
  private final Ids ids;

  SocketEvents(WebSocketApiDefinition api, GatewayOptions options, Ids ids) {
    this.api = api;
    this.options = options;
    this.ids = ids;
  }

  /** The ARN that an authorizer's policy must allow. */
  String methodArn() {
    return "arn:aws:execute-api:%s:%s:%s/%s/$connect"
        .formatted(options.region(), options.accountId(), api.apiId(), api.stage());
  }

  String domainName() {
    return api.apiId() + ".execute-api." + options.region() + ".amazonaws.com";
  }

  ObjectNode authorizer(Handshake handshake) {
    ObjectNode event = Json.object();
    event.put("type", "REQUEST");
    event.put("methodArn", methodArn());
    SequencedMap<String, List<String>> headers = headers(handshake);
    headers.put("Connection", List.of("upgrade"));
    headers.put("content-length", List.of("0"));
    headers.put("Upgrade", List.of("websocket"));
    putBoth(event, "headers", "multiValueHeaders", headers);
    putBoth(
        event,
        "queryStringParameters",
        "multiValueQueryStringParameters",
        handshake.exchange().queryParameters());
    event.putObject("stageVariables");
    event.set("requestContext", context(handshake.caller(), "$connect", "CONNECT"));
    return event;
  }

  ObjectNode connect(Handshake handshake) {
    ObjectNode event = Json.object();
    putBoth(event, "headers", "multiValueHeaders", headers(handshake));
    SequencedMap<String, List<String>> query = handshake.exchange().queryParameters();
    if (!query.isEmpty()) {
      putBoth(event, "queryStringParameters", "multiValueQueryStringParameters", query);
    }
    event.set("requestContext", context(handshake.caller(), "$connect", "CONNECT"));
    event.put("isBase64Encoded", false);
    return event;
  }

  ObjectNode message(SocketCaller caller, String routeKey, String requestId, String body) {
    ObjectNode event = Json.object();
    ObjectNode context = context(caller, routeKey, "MESSAGE");
    context.put("messageId", ids.next());
    context.put("requestId", requestId);
    context.put("extendedRequestId", requestId);
    event.set("requestContext", context);
    event.put("body", body);
    event.put("isBase64Encoded", false);
    return event;
  }

  ObjectNode disconnect(SocketCaller caller, int code, String reason) {
    ObjectNode event = Json.object();
    SequencedMap<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(domainName()));
    headers.put("x-api-key", List.of(""));
    headers.put("X-Forwarded-For", List.of(""));
    headers.put("x-restapi", List.of(""));
    putBoth(event, "headers", "multiValueHeaders", headers);
    ObjectNode context = context(caller, "$disconnect", "DISCONNECT");
    context.put("disconnectStatusCode", code);
    context.put("disconnectReason", reasonOr(code, reason));
    event.set("requestContext", context);
    event.put("isBase64Encoded", false);
    return event;
  }

  private static String reasonOr(int code, String reason) {
    if (!reason.isEmpty()) {
      return reason;
    }
    return switch (code) {
      case CloseStatus.NO_CODE -> "Client-side close frame status not set";
      case CloseStatus.NO_CLOSE -> "Connection closed abnormally";
      default -> "";
    };
  }

  private ObjectNode context(SocketCaller caller, String routeKey, String eventType) {
    Instant now = options.clock().instant();
    String requestId = ids.next();
    ObjectNode context = Json.object();
    context.put("routeKey", routeKey);
    if (caller.authorizer() != null) {
      context.set("authorizer", caller.authorizer());
    }
    context.put("eventType", eventType);
    context.put("extendedRequestId", requestId);
    context.put("requestTime", RequestTime.format(now));
    context.put("messageDirection", "IN");
    context.put("stage", api.stage());
    context.put("connectedAt", caller.connectedAt().toEpochMilli());
    context.put("requestTimeEpoch", now.toEpochMilli());
    ObjectNode identity = context.putObject("identity");
    if (!caller.userAgent().isEmpty()) {
      identity.put("userAgent", caller.userAgent());
    }
    identity.put("sourceIp", caller.sourceIp());
    context.put("requestId", requestId);
    context.put("domainName", domainName());
    context.put("connectionId", caller.connectionId());
    context.put("apiId", api.apiId());
    return context;
  }

  private SequencedMap<String, List<String>> headers(Handshake handshake) {
    SequencedMap<String, List<String>> headers = handshake.exchange().headers();
    headers.keySet().removeIf(name -> HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)));
    headers.putIfAbsent("X-Amzn-Trace-Id", List.of(ids.trace(options.clock().instant())));
    headers.put("X-Forwarded-For", List.of(handshake.caller().sourceIp()));
    headers.put("X-Forwarded-Port", List.of(String.valueOf(handshake.exchange().port())));
    headers.put("X-Forwarded-Proto", List.of("http"));
    return headers;
  }

  /** The last value of each name, and all of them. */
  private static void putBoth(
      ObjectNode event, String single, String multiple, SequencedMap<String, List<String>> all) {
    ObjectNode last = event.putObject(single);
    ObjectNode every = event.putObject(multiple);
    all.forEach(
        (name, values) -> {
          last.put(name, values.getLast());
          ArrayNode array = every.putArray(name);
          values.forEach(array::add);
        });
  }
}
