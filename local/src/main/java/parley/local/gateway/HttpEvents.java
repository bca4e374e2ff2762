package parley.local.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds the events of an HTTP API, payload format 2.0. */
final class HttpEvents {
  /** What concerns the link and not the function; cookies have a field of their own. */
  private static final Set<String> LEFT_OUT =
      Set.of("connection", "cookie", "http2-settings", "transfer-encoding", "upgrade");

  private final HttpApiDefinition api;
  private final GatewayOptions options;
  private final Ids ids;

  HttpEvents(HttpApiDefinition api, GatewayOptions options, Ids ids) {
    this.api = api;
    this.options = options;
    this.ids = ids;
  }

  ObjectNode event(Exchange exchange, HttpRoutes.Match match, byte[] body, String requestId) {
    // HTTP APIs hand the path over decoded, unlike REST APIs and function URLs.
    String path = HttpRoutes.decode(exchange.path());
    ObjectNode event = Json.object();
    event.put("version", "2.0");
    event.put("routeKey", match.routeKey());
    event.put("rawPath", path);
    event.put("rawQueryString", exchange.query());
    addCookies(event, exchange);
    ObjectNode headers = event.putObject("headers");
    addHeaders(headers, exchange, body.length);
    addJoined(event, "queryStringParameters", exchange.queryParameters());
    event.set("requestContext", context(exchange, match, path, requestId));
    if (!match.pathParameters().isEmpty()) {
      ObjectNode parameters = event.putObject("pathParameters");
      match.pathParameters().forEach(parameters::put);
    }
    boolean binary = body.length > 0 && !isText(exchange.header("content-type"));
    if (body.length > 0) {
      event.put(
          "body",
          binary
              ? Base64.getEncoder().encodeToString(body)
              : new String(body, StandardCharsets.UTF_8));
    }
    event.put("isBase64Encoded", binary);
    return event;
  }

  private ObjectNode context(
      Exchange exchange, HttpRoutes.Match match, String path, String requestId) {
    Clock clock = options.clock();
    Instant now = clock.instant();
    ObjectNode context = Json.object();
    context.put("accountId", options.accountId());
    context.put("apiId", api.apiId());
    context.put("domainName", api.apiId() + ".execute-api." + options.region() + ".amazonaws.com");
    context.put("domainPrefix", api.apiId());
    context
        .putObject("http")
        .put("method", exchange.method())
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", exchange.sourceIp())
        .put("userAgent", exchange.header("user-agent"));
    context.put("requestId", requestId);
    context.put("routeKey", match.routeKey());
    context.put("stage", api.stage());
    context.put("time", RequestTime.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static void addCookies(ObjectNode event, Exchange exchange) {
    List<String> values = exchange.headers().getOrDefault("cookie", List.of());
    if (values.isEmpty()) {
      return;
    }
    ArrayNode cookies = event.putArray("cookies");
    for (String value : values) {
      for (String cookie : value.split(";\\s*", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
  }

  private void addHeaders(ObjectNode headers, Exchange exchange, int bodyBytes) {
    exchange
        .headers()
        .forEach(
            (name, values) -> {
              String lowerCase = name.toLowerCase(Locale.ROOT);
              if (!LEFT_OUT.contains(lowerCase)) {
                headers.put(lowerCase, String.join(",", values));
              }
            });
    headers.put("content-length", String.valueOf(bodyBytes));
    if (!headers.has("x-amzn-trace-id")) {
      headers.put("x-amzn-trace-id", ids.trace(options.clock().instant()));
    }
    headers.put("x-forwarded-for", exchange.sourceIp());
    headers.put("x-forwarded-port", String.valueOf(exchange.port()));
    headers.put("x-forwarded-proto", "http");
  }

  private static void addJoined(
      ObjectNode event, String field, Map<String, List<String>> valuesByName) {
    if (!valuesByName.isEmpty()) {
      ObjectNode joined = event.putObject(field);
      valuesByName.forEach((name, values) -> joined.put(name, String.join(",", values)));
    }
  }

  /** Whether API Gateway hands a body over as text; any other is base64. */
  private static boolean isText(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.equals("application/json")
        || type.equals("application/javascript")
        || type.equals("application/xml");
  }
}
