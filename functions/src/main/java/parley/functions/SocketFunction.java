package parley.functions;

import java.util.Optional;
import parley.functions.socket.Sockets;

/** Answers $connect, $disconnect and $default of the WebSocket API. */
public final class SocketFunction extends LambdaFunction {
  private final Sockets sockets;

  public SocketFunction() {
    this(App.onLambda());
  }

  public SocketFunction(App app) {
    super(app);
    sockets = app.sockets();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    return Optional.of(GatewayEvents.write(sockets.handle(GatewayEvents.socket(event))));
  }
}
