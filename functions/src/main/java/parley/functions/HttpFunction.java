package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import parley.functions.http.Router;
import parley.platform.log.Log;

/** Answers every request of the HTTP API (payload format 2.0). */
public final class HttpFunction
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Log log;
  private final Router router;

  public HttpFunction() {
    this(App.onLambda());
  }

  public HttpFunction(App app) {
    log = app.log(getClass());
    router = app.router();
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return log.invocation(context.getAwsRequestId(), () -> router.handle(event));
  }
}
