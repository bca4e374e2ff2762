package parley.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import parley.auth.Identity;
import parley.auth.TokenService;
import parley.functions.socket.Caller;
import parley.functions.socket.Handshake;
import parley.platform.ChatException;

/** Decides who may open a connection to the WebSocket API. */
public final class AuthorizerFunction extends LambdaFunction {
  private final TokenService tokens;

  public AuthorizerFunction() {
    this(App.onLambda());
  }

  public AuthorizerFunction(App app) {
    super(app);
    tokens = app.tokens();
  }

  @Override
  String answer(String event) {
    APIGatewayCustomAuthorizerEvent question = GatewayEvents.authorizer(event);
    Identity identity = identify(new Handshake(question.getHeaders()));
    return GatewayEvents.allow(
        question.getMethodArn(), identity.userId().value().toString(), Caller.context(identity));
  }

  private Identity identify(Handshake handshake) {
    try {
      return tokens.verifyAccess(handshake.token().orElseThrow(Unauthorized::new));
    } catch (ChatException e) {
      throw new Unauthorized();
    }
  }

  /** API Gateway answers 401 to this very message of an authorizer, and 500 to any other. */
  private static final class Unauthorized extends RuntimeException {
    private Unauthorized() {
      super("Unauthorized", null, false, false);
    }
  }
}
