package parley.local.gateway;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** Turns requests for a WebSocket API's stage into connections. */
final class Upgrades {
  private static final int MAXIMUM_URL_CHARACTERS = 4096;

  /** Beyond this Jetty itself closes with 1009; below it, {@link MessageAssembly} does. */
  private static final int MAXIMUM_PARSED_FRAME_BYTES = 16 * 1024 * 1024;

  private final SocketApi api;
  private final WebSocketMappings mappings;
  private final Consumer<String> log;

  Upgrades(SocketApi api, Server server, Consumer<String> log) {
    this.api = api;
    this.log = log;
    this.mappings =
        new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
  }

  /** Whether a request is for the WebSocket API rather than for the HTTP API beside it. */
  boolean concerns(Exchange exchange) {
    return exchange.header("upgrade").equalsIgnoreCase("websocket") || isStage(exchange.path());
  }

  void handle(Exchange exchange, Response response, Callback callback) {
    if (!isStage(exchange.path())) {
      refuse(exchange, response, callback, 403, "Forbidden");
    } else if (!isHandshake(exchange)) {
      refuse(exchange, response, callback, 426, "Upgrade Required");
    } else if (exchange.urlCharacters() > MAXIMUM_URL_CHARACTERS) {
      refuse(exchange, response, callback, 414, "URI Too Long");
    } else if (exchange.headIsTooLarge()) {
      refuse(exchange, response, callback, 431, "Request Header Fields Too Large");
    } else {
      switch (api.admit(exchange)) {
        case SocketApi.Admission.Accepted accepted ->
            upgrade(exchange, response, callback, accepted);
        case SocketApi.Admission.Refused refused ->
            Exchange.answer(response, callback, refused.status(), refused.body());
      }
    }
  }

  private void upgrade(
      Exchange exchange,
      Response response,
      Callback callback,
      SocketApi.Admission.Accepted accepted) {
    WebSocketNegotiator negotiator =
        (_, upgradeResponse, _) -> {
          // API Gateway accepts no extension, permessage-deflate for one.
          upgradeResponse.setExtensions(List.of());
          if (!accepted.subprotocol().isEmpty()) {
            upgradeResponse.setAcceptedSubProtocol(accepted.subprotocol());
          }
          return accepted.connection();
        };
    boolean upgraded = false;
    try {
      upgraded =
          mappings.upgrade(negotiator, exchange.request(), response, callback, Upgrades::configure);
    } finally {
      if (!upgraded) {
        accepted.connection().neverOpened();
      }
    }
    if (!upgraded) {
      refuse(exchange, response, callback, 400, "Bad Request");
    }
  }

  private static void configure(Configuration configuration) {
    configuration.setAutoFragment(false);
    configuration.setMaxFrameSize(MAXIMUM_PARSED_FRAME_BYTES);
    configuration.setMaxTextMessageSize(0);
    configuration.setIdleTimeout(Duration.ZERO);
  }

  private boolean isStage(String path) {
    String stage = "/" + api.definition().stage();
    return path.equals(stage) || path.equals(stage + "/");
  }

  private static boolean isHandshake(Exchange exchange) {
    return exchange.method().equals("GET")
        && exchange.header("upgrade").equalsIgnoreCase("websocket")
        && exchange.header("sec-websocket-version").equals("13")
        && !exchange.header("sec-websocket-key").isEmpty();
  }

  private void refuse(
      Exchange exchange, Response response, Callback callback, int status, String message) {
    log.accept("%s %s %d 0 ms".formatted(exchange.method(), exchange.path(), status));
    if (status == 426) {
      response.getHeaders().put("Upgrade", "websocket");
    }
    Exchange.answer(response, callback, status, Json.message(message));
  }
}
