package parley.functions;

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
  String answer(String event) {
    return GatewayEvents.write(sockets.handle(GatewayEvents.socket(event)));
  }
}
