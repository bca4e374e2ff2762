package parley.local.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import parley.local.gateway.Integrations.Outcome;

/** An HTTP API: finds the route, calls its function, and turns the answer into a response. */
final class HttpApi {
  private static final int MAXIMUM_BODY_BYTES = 10 * 1024 * 1024;

  private final HttpApiDefinition api;
  private final GatewayOptions options;
  private final Ids ids;
  private final Integrations integrations;
  private final HttpRoutes routes;
  private final HttpEvents events;
  private final Cors cors;
  private final TokenBucket bucket;

  HttpApi(HttpApiDefinition api, GatewayOptions options, Ids ids, Integrations integrations) {
    this.api = api;
    this.options = options;
    this.ids = ids;
    this.integrations = integrations;
    this.routes = new HttpRoutes(api.functionArnByRouteKey());
    this.events = new HttpEvents(api, options, ids);
    this.cors = new Cors(api.cors());
    this.bucket = new TokenBucket(api.throttle(), options.clock());
  }

  void handle(Exchange exchange, Response response, Callback callback) throws IOException {
    long start = System.nanoTime();
    String requestId = ids.next();
    HttpAnswer answer = answer(exchange, requestId);
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    options
        .log()
        .accept(
            "%s %s %d %d ms"
                .formatted(exchange.method(), exchange.path(), answer.status(), milliseconds));
    send(exchange, response, callback, requestId, answer);
  }

  private HttpAnswer answer(Exchange exchange, String requestId) throws IOException {
    if (exchange.headIsTooLarge()) {
      return error(431, "Request Header Fields Too Large");
    }
    Optional<SequencedMap<String, String>> preflight = cors.preflight(exchange);
    if (preflight.isPresent()) {
      return new HttpAnswer(204, preflight.get(), List.of(), new byte[0]);
    }
    if (!bucket.take()) {
      return error(429, "Too Many Requests");
    }
    HttpRoutes.Match match;
    try {
      match =
          pathInStage(exchange.path()).flatMap(p -> routes.find(exchange.method(), p)).orElse(null);
    } catch (IllegalArgumentException e) {
      return error(400, "Bad Request");
    }
    if (match == null) {
      return error(404, "Not Found");
    }
    byte[] body = body(exchange);
    if (body.length > MAXIMUM_BODY_BYTES) {
      return error(413, "Request Too Long");
    }
    HttpAnswer answer = invoke(exchange, match, body, requestId);
    cors.override(exchange, answer.headers());
    return answer;
  }

  private HttpAnswer invoke(
      Exchange exchange, HttpRoutes.Match match, byte[] body, String requestId) {
    byte[] event = Integrations.bytes(events.event(exchange, match, body, requestId));
    if (event.length > Integrations.MAXIMUM_PAYLOAD_BYTES) {
      return error(413, "Request Too Long");
    }
    return switch (integrations.invoke(
        match.functionArn(), event, options.limits().httpTimeout())) {
      case Outcome.Answered answered ->
          HttpAnswer.parse(answered.payload()).orElseGet(() -> error(500, "Internal Server Error"));
      case Outcome.Failed _ -> error(500, "Internal Server Error");
      case Outcome.TimedOut _ -> error(503, "Service Unavailable");
    };
  }

  /** The path that the routes see; empty if the path is not the stage's. */
  private Optional<String> pathInStage(String path) {
    String prefix = "/" + api.stage();
    if (api.stage().equals("$default")) {
      return Optional.of(path);
    }
    if (path.equals(prefix)) {
      return Optional.of("/");
    }
    return path.startsWith(prefix + "/")
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }

  /** The body, or one byte more than is allowed; the rest is read too, so that clients see why. */
  private static byte[] body(Exchange exchange) throws IOException {
    try (InputStream input = Content.Source.asInputStream(exchange.request())) {
      byte[] body = input.readNBytes(MAXIMUM_BODY_BYTES + 1);
      input.transferTo(OutputStream.nullOutputStream());
      return body;
    }
  }

  private static HttpAnswer error(int status, String message) {
    SequencedMap<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    return new HttpAnswer(status, headers, List.of(), Json.message(message));
  }

  private static void send(
      Exchange exchange,
      Response response,
      Callback callback,
      String requestId,
      HttpAnswer answer) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    answer.cookies().forEach(cookie -> response.getHeaders().add("set-cookie", cookie));
    response.getHeaders().put("apigw-requestid", requestId);
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    if (!bodiless) {
      response.getHeaders().put("content-length", answer.body().length);
    }
    boolean silent = bodiless || exchange.method().equals("HEAD");
    ByteBuffer body = silent ? ByteBuffer.allocate(0) : ByteBuffer.wrap(answer.body());
    response.write(true, body, callback);
  }
}
