package parley.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import parley.local.gateway.Integrations.Outcome;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;
import parley.local.gateway.WebSocketApiDefinition.Route;

/** A WebSocket API's routes: decides on handshakes, and calls functions for what clients send. */
final class SocketApi implements SocketConnection.Listener {
  private static final String CONNECT = "$connect";
  private static final String DISCONNECT = "$disconnect";

  private final WebSocketApiDefinition api;
  private final GatewayOptions options;
  private final Ids ids;
  private final Integrations integrations;
  private final SocketEvents events;
  private final RouteSelection selection;
  private final TokenBucket bucket;
  private final Connections connections;

  private final AtomicInteger disconnectsUnderWay = new AtomicInteger();

  SocketApi(
      WebSocketApiDefinition api, GatewayOptions options, Ids ids, Integrations integrations) {
    this.api = api;
    this.options = options;
    this.ids = ids;
    this.integrations = integrations;
    this.events = new SocketEvents(api, options, ids);
    this.selection = new RouteSelection(api.routeSelectionExpression(), api.routes().keySet());
    this.bucket = new TokenBucket(api.throttle(), options.clock());
    this.connections = new Connections(options.clock());
  }

  WebSocketApiDefinition definition() {
    return api;
  }

  Connections connections() {
    return connections;
  }

  /** What $connect and its authorizer said. */
  sealed interface Admission {
    /**
     * Let in.
     *
     * @param subprotocol empty if $connect accepted none
     */
    record Accepted(SocketConnection connection, String subprotocol) implements Admission {}

    record Refused(int status, byte[] body) implements Admission {}
  }

  /**
   * Runs the authorizer and $connect. A connection that is let in takes posts from here on; they
   * wait for the upgrade.
   */
  Admission admit(Exchange exchange) {
    long start = System.nanoTime();
    Instant now = options.clock().instant();
    SocketCaller caller =
        new SocketCaller(ids.next(), now, exchange.sourceIp(), exchange.header("user-agent"), null);
    Admission admission = decide(new Handshake(exchange, caller));
    int status =
        switch (admission) {
          case Admission.Accepted _ -> 101;
          case Admission.Refused refused -> refused.status();
        };
    log(CONNECT, caller, String.valueOf(status), start);
    return admission;
  }

  private Admission decide(Handshake handshake) {
    if (!bucket.take()) {
      return refuse(handshake, 429, "Too Many Requests");
    }
    Route route = api.routes().get(CONNECT);
    if (route == null) {
      return accept(handshake.caller(), "");
    }
    Authorizer authorizer = route.authorizer();
    if (authorizer == null) {
      return connect(handshake, route);
    }
    var decision = new Authorization(authorizer, events, integrations, options).decide(handshake);
    return switch (decision) {
      case Authorization.Decision.Refused refused ->
          refuse(handshake, refused.status(), refused.message());
      case Authorization.Decision.Allowed allowed ->
          connect(
              new Handshake(
                  handshake.exchange(), handshake.caller().withAuthorizer(allowed.context())),
              route);
    };
  }

  private Admission connect(Handshake handshake, Route route) {
    Outcome outcome =
        integrations.invoke(
            route.functionArn(), events.connect(handshake), options.limits().socketTimeout());
    return switch (outcome) {
      case Outcome.Failed _ -> refuse(handshake, 502, "Internal server error");
      case Outcome.TimedOut _ -> refuse(handshake, 504, "Endpoint request timed out");
      case Outcome.Answered answered -> {
        JsonNode payload = answered.payload();
        Optional<Integer> status = HttpAnswer.status(payload.path("statusCode"));
        if (status.isEmpty()) {
          yield refuse(handshake, 502, "Internal server error");
        }
        yield status.get() / 100 == 2
            ? accept(handshake.caller(), subprotocol(payload.path("headers")))
            : new Admission.Refused(
                status.get(), payload.path("body").asText().getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  private Admission accept(SocketCaller caller, String subprotocol) {
    SocketConnection connection =
        new SocketConnection(caller, options.clock(), options.limits().sendBufferBytes(), this);
    connections.add(connection);
    return new Admission.Accepted(connection, subprotocol);
  }

  private Admission refuse(Handshake handshake, int status, String message) {
    return new Admission.Refused(
        status, errorFrame(message, handshake.caller().connectionId(), ids.next()));
  }

  private static String subprotocol(JsonNode headers) {
    return headers.properties().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Sec-WebSocket-Protocol"))
        .map(header -> header.getValue().asText())
        .findFirst()
        .orElse("");
  }

  @Override
  public void message(SocketConnection connection, String text) {
    // AWS keeps no order between a connection's messages either; they only start in theirs.
    Thread.ofVirtual().name("message").start(() -> dispatch(connection, text));
  }

  private void dispatch(SocketConnection connection, String text) {
    long start = System.nanoTime();
    String requestId = ids.next();
    Optional<String> routeKey = selection.select(text);
    String error = answerTo(connection, text, requestId, routeKey);
    if (!error.isEmpty()) {
      String connectionId = connection.caller().connectionId();
      connection.send(errorFrame(error, connectionId, requestId));
    }
    log(routeKey.orElse("no-route"), connection.caller(), error.isEmpty() ? "ok" : error, start);
  }

  /** Calls the message's function; returns the error that its sender is told, empty if none. */
  private String answerTo(
      SocketConnection connection, String text, String requestId, Optional<String> routeKey) {
    if (!bucket.take()) {
      return "Too Many Requests";
    }
    Route route = routeKey.map(api.routes()::get).orElse(null);
    if (route == null) {
      return "Forbidden";
    }
    JsonNode event = events.message(connection.caller(), routeKey.orElseThrow(), requestId, text);
    return switch (integrations.invoke(
        route.functionArn(), event, options.limits().socketTimeout())) {
      // Without a route response the body is dropped, but the answer must be well formed.
      case Outcome.Answered answered
          when HttpAnswer.status(answered.payload().path("statusCode")).isPresent() ->
          "";
      case Outcome.Answered _, Outcome.Failed _, Outcome.TimedOut _ -> "Internal server error";
    };
  }

  @Override
  public void closing(SocketConnection connection) {
    connections.startClosing(connection);
  }

  @Override
  public void closed(SocketConnection connection, int code, String reason) {
    Route route = api.routes().get(DISCONNECT);
    if (route == null) {
      connections.remove(connection);
      return;
    }
    disconnectsUnderWay.incrementAndGet();
    connections.remove(connection);
    Thread.ofVirtual()
        .name("disconnect")
        .start(
            () -> {
              try {
                disconnect(connection, route, code, reason);
              } finally {
                disconnectsUnderWay.decrementAndGet();
              }
            });
  }

  private void disconnect(SocketConnection connection, Route route, int code, String reason) {
    long start = System.nanoTime();
    JsonNode event = events.disconnect(connection.caller(), code, reason);
    Outcome outcome =
        integrations.invoke(route.functionArn(), event, options.limits().socketTimeout());
    String result = outcome instanceof Outcome.Answered ? "ok" : "failed";
    log(DISCONNECT, connection.caller(), code + " " + result, start);
  }

  /** Whether no connection is left and no $disconnect is under way. */
  boolean isQuiet() {
    return connections.isEmpty() && disconnectsUnderWay.get() == 0;
  }

  private void log(String routeKey, SocketCaller caller, String result, long start) {
    long milliseconds = (System.nanoTime() - start) / 1_000_000;
    options
        .log()
        .accept(
            "WS %s %s %s %d ms".formatted(routeKey, caller.connectionId(), result, milliseconds));
  }

  private static byte[] errorFrame(String message, String connectionId, String requestId) {
    return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
        .formatted(message, connectionId, requestId)
        .getBytes(StandardCharsets.UTF_8);
  }
}
