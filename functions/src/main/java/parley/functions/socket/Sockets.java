package parley.functions.socket;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.delivery.ConnectionGateway;
import parley.functions.failure.Failures;
import parley.functions.socket.PlainCodec.Frame;
import parley.message.MessageService;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;

/** Serves the WebSocket API: connections that open, speak and close. */
public final class Sockets {
  private final ConnectionService connections;
  private final MessageService messages;
  private final ConnectionGateway gateway;
  private final PlainCodec codec;
  private final Clock clock;

  public Sockets(
      ConnectionService connections,
      MessageService messages,
      ConnectionGateway gateway,
      PlainCodec codec,
      Clock clock) {
    this.connections = connections;
    this.messages = messages;
    this.gateway = gateway;
    this.codec = codec;
    this.clock = clock;
  }

  /** Handles an event of the API, by its type. */
  public APIGatewayV2WebSocketResponse handle(APIGatewayV2WebSocketEvent event) {
    Connection connection = Caller.connection(event.getRequestContext());
    Invocation.current().connection(connection.id().value());
    Invocation.current().user(connection.userId().value());
    return switch (event.getRequestContext().getEventType()) {
      case "CONNECT" -> connect(connection, new Handshake(event.getHeaders()));
      case "MESSAGE" -> receive(connection, event.getBody());
      case "DISCONNECT" -> disconnect(connection);
      default ->
          throw new IllegalArgumentException(
              "unknown event type " + event.getRequestContext().getEventType());
    };
  }

  private APIGatewayV2WebSocketResponse connect(Connection connection, Handshake handshake) {
    Invocation.current().action("$connect");
    try {
      connections.connected(connection);
    } catch (RuntimeException e) {
      return response(Failures.explain(e).code().status(), Map.of());
    }
    return response(
        200,
        handshake
            .acceptedProtocol()
            .map(protocol -> Map.of("Sec-WebSocket-Protocol", protocol))
            .orElse(Map.of()));
  }

  private APIGatewayV2WebSocketResponse disconnect(Connection connection) {
    Invocation.current().action("$disconnect");
    connections.disconnected(connection.userId(), connection.id());
    return response(200, Map.of());
  }

  /**
   * Answers a frame. Whatever fails is answered too: the gateway's own error frame says nothing.
   */
  private APIGatewayV2WebSocketResponse receive(Connection connection, @Nullable String text) {
    @Nullable Object id = null;
    try {
      Frame frame = codec.decode(text == null ? "" : text);
      id = frame.id();
      requireAuthorized(connection);
      Object result = execute(connection, frame.command());
      if (id != null) {
        gateway.post(connection.id(), codec.ack(id, result));
      }
    } catch (RuntimeException e) {
      ChatException error = Failures.explain(e);
      gateway.post(connection.id(), codec.error(id, error));
      if (error.code() == ErrorCode.TOKEN_EXPIRED) {
        gateway.close(connection.id());
      }
    }
    return response(200, Map.of());
  }

  private Object execute(Connection connection, ClientCommand command) {
    return switch (command) {
      case ClientCommand.JoinConversation join -> {
        connections.join(connection.userId(), connection.id(), join.conversationId());
        yield join;
      }
      case ClientCommand.LeaveConversation leave -> {
        connections.leave(connection.userId(), connection.id());
        yield leave;
      }
      case ClientCommand.SendMessage send -> messages.send(connection.userId(), send.draft());
    };
  }

  private void requireAuthorized(Connection connection) {
    if (!connection.isAuthorized(clock.instant())) {
      throw new ChatException(
          ErrorCode.TOKEN_EXPIRED, "the token of this connection has expired, connect again");
    }
  }

  private static APIGatewayV2WebSocketResponse response(int status, Map<String, String> headers) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setHeaders(headers);
    return response;
  }
}
