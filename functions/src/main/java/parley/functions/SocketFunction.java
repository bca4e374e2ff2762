package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import parley.functions.socket.Sockets;
import parley.platform.log.Log;

/** Answers $connect, $disconnect and $default of the WebSocket API. */
public final class SocketFunction
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  private final Log log;
  private final Sockets sockets;

  public SocketFunction() {
    this(App.onLambda());
  }

  public SocketFunction(App app) {
    log = app.log(getClass());
    sockets = app.sockets();
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, Context context) {
    return log.invocation(context.getAwsRequestId(), () -> sockets.handle(event));
  }
}
