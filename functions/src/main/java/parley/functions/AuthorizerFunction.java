package parley.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import java.util.Optional;
import parley.auth.Identity;
import parley.auth.TokenService;
import parley.functions.socket.Caller;
import parley.functions.socket.Handshake;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;

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
  Optional<String> answer(String event) {
    APIGatewayCustomAuthorizerEvent question = GatewayEvents.authorizer(event);
    return identify(new Handshake(question.getHeaders()))
        .map(
            identity ->
                GatewayEvents.allow(
                    question.getMethodArn(),
                    identity.userId().value().toString(),
                    Caller.context(identity)));
  }

  private Optional<Identity> identify(Handshake handshake) {
    Invocation.current().action("authorize");
    try {
      Optional<Identity> identity = handshake.token().map(tokens::verifyAccess);
      identity.ifPresentOrElse(
          known -> Invocation.current().user(known.userId().value()),
          () -> Invocation.current().refused(ErrorCode.UNAUTHENTICATED));
      return identity;
    } catch (ChatException e) {
      Invocation.current().refused(e.code());
      return Optional.empty();
    }
  }
}
