package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import parley.auth.Identity;
import parley.auth.TokenService;
import parley.functions.socket.Caller;
import parley.functions.socket.Handshake;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;
import parley.platform.log.Log;

/** Decides who may open a connection to the WebSocket API. */
public final class AuthorizerFunction
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {
  private final Log log;
  private final TokenService tokens;

  public AuthorizerFunction() {
    this(App.onLambda());
  }

  public AuthorizerFunction(App app) {
    log = app.log(getClass());
    tokens = app.tokens();
  }

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    Identity identity =
        log.invocation(context.getAwsRequestId(), () -> identify(new Handshake(event.getHeaders())))
            .orElseThrow(Unauthorized::new);
    return IamPolicyResponse.builder()
        .withPrincipalId(identity.userId().value().toString())
        .withPolicyDocument(
            PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(IamPolicyResponse.allowStatement(event.getMethodArn())))
                .build())
        .withContext(new HashMap<>(Caller.context(identity)))
        .build();
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

  /** API Gateway answers 401 to this very message of an authorizer, and 500 to any other. */
  private static final class Unauthorized extends RuntimeException {
    private Unauthorized() {
      super("Unauthorized", null, false, false);
    }
  }
}
