package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;

/** Decides who may open a connection to the WebSocket API. */
public final class AuthorizerFunction
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {
  public AuthorizerFunction() {
    this(App.onLambda());
  }

  public AuthorizerFunction(App app) {}

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    throw new IllegalStateException("Unauthorized");
  }
}
