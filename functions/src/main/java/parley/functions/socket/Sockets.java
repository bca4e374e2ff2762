package parley.functions.socket;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.connection.Connection;
import parley.connection.ConnectionService;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryQueue;
import parley.delivery.Greeting;
import parley.functions.failure.Failures;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;
import parley.presence.ComingsAndGoings;

/** Serves the WebSocket API: connections that open, speak and close. */
public final class Sockets {
  private final ConnectionService connections;
  private final ComingsAndGoings presence;
  private final Commands commands;
  private final SocketIoHandshake socketIo;
  private final ConnectionGateway gateway;
  private final ConnectionCloser closer;
  private final DeliveryQueue queue;
  private final Codecs codecs;

  public Sockets(
      ConnectionService connections,
      ComingsAndGoings presence,
      Commands commands,
      SocketIoHandshake socketIo,
      ConnectionGateway gateway,
      ConnectionCloser closer,
      DeliveryQueue queue,
      Codecs codecs) {
    this.connections = connections;
    this.presence = presence;
    this.commands = commands;
    this.socketIo = socketIo;
    this.gateway = gateway;
    this.closer = closer;
    this.queue = queue;
    this.codecs = codecs;
  }

  /** Handles an event of the API, by its type. */
  public APIGatewayV2WebSocketResponse handle(APIGatewayV2WebSocketEvent event) {
    Caller caller = Caller.of(event.getRequestContext());
    Invocation.current().connection(caller.id().value());
    caller.identity().ifPresent(known -> Invocation.current().user(known.userId().value()));
    return switch (event.getRequestContext().getEventType()) {
      case "CONNECT" ->
          connect(caller, new Handshake(event.getHeaders(), event.getQueryStringParameters()));
      case "MESSAGE" -> receive(caller, event.getBody());
      case "DISCONNECT" -> disconnect(caller);
      default ->
          throw new IllegalArgumentException(
              "unknown event type " + event.getRequestContext().getEventType());
    };
  }

  private APIGatewayV2WebSocketResponse connect(Caller caller, Handshake handshake) {
    Invocation.current().action("$connect");
    if (handshake.admission() == Admission.UNSUPPORTED) {
      return response(400, Map.of());
    }
    try {
      admit(caller);
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

  /** A connection that is to be greeted says afterwards whose it is; any other is somebody's. */
  private void admit(Caller caller) {
    Optional<String> greeting = codecs.of(caller.protocol()).greeting(caller.id());
    if (greeting.isPresent()) {
      connections.opening(caller.opening());
      // API Gateway takes no post before this function has returned.
      queue.add(new Greeting(caller.opening(), greeting.get()));
    } else {
      Connection connection = caller.connection(caller.identity().orElseThrow(), true);
      connections.connected(connection);
      presence.came(connection.userId());
    }
  }

  private APIGatewayV2WebSocketResponse disconnect(Caller caller) {
    Invocation.current().action("$disconnect");
    connections.disconnected(caller.opening());
    return response(200, Map.of());
  }

  /**
   * Answers a frame. Whatever fails is answered too: the gateway's own error frame tells a plain
   * client nothing, and a Socket.IO client cannot read it and drops the link.
   */
  private APIGatewayV2WebSocketResponse receive(Caller caller, @Nullable String text) {
    FrameCodec codec = codecs.of(caller.protocol());
    try {
      serve(caller, codec, text == null ? "" : text);
    } catch (RuntimeException e) {
      gateway.post(caller.id(), codec.error(null, Failures.explain(e)));
    }
    return response(200, Map.of());
  }

  private void serve(Caller caller, FrameCodec codec, String text) {
    ClientFrame frame;
    try {
      frame = codec.decode(text);
    } catch (ChatException e) {
      refuse(caller, codec, e);
      return;
    }
    switch (frame) {
      case ClientFrame.Request request -> answer(caller, codec, request);
      case ClientFrame.Connect connect -> socketIo.connect(caller, connect.packet());
      case ClientFrame.Refused refused -> gateway.post(caller.id(), refused.answer());
      case ClientFrame.Leave() -> gateway.close(caller.id());
      case ClientFrame.Nothing() -> {}
    }
  }

  /** Tells a client that its frame could not be read; one that only sends such is closed. */
  private void refuse(Caller caller, FrameCodec codec, ChatException error) {
    if (connections.isOneBreachTooMany(caller.id())) {
      closer.close(caller.id(), caller.protocol());
    } else {
      gateway.post(caller.id(), codec.error(null, error));
    }
  }

  private void answer(Caller caller, FrameCodec codec, ClientFrame.Request request) {
    try {
      Optional<Connection> connection = find(caller);
      if (connection.isEmpty()) {
        // A Socket.IO client that has not said who it is.
        closer.close(caller.id(), caller.protocol());
        return;
      }
      Invocation.current().user(connection.get().userId().value());
      Object result = commands.execute(connection.get(), request);
      if (request.id() != null) {
        gateway.post(caller.id(), codec.ack(request.id(), result));
      }
    } catch (RuntimeException e) {
      ChatException error = Failures.explain(e);
      gateway.post(caller.id(), codec.error(request.id(), error));
      if (error.code() == ErrorCode.TOKEN_EXPIRED) {
        closer.close(caller.id(), caller.protocol());
      }
    }
  }

  /** Only a plain client's every event tells whose it is. */
  private Optional<Connection> find(Caller caller) {
    return switch (caller.protocol()) {
      case PLAIN -> caller.identity().map(identity -> caller.connection(identity, true));
      case SOCKET_IO -> connections.find(caller.id());
    };
  }

  private static APIGatewayV2WebSocketResponse response(int status, Map<String, String> headers) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setHeaders(headers);
    return response;
  }
}
