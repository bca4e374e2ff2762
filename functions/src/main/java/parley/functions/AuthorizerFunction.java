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
import parley.functions.socket.Admission;
import parley.functions.socket.Caller;
import parley.functions.socket.Handshake;
import parley.platform.ChatException;

/** Decides who may open a connection to the WebSocket API. */
public final class AuthorizerFunction
    implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {
  /** The principal of a Socket.IO client, which may say who it is when its connection is open. */
  private static final String ANONYMOUS = "anonymous";

  private final TokenService tokens;

  public AuthorizerFunction() {
    this(App.onLambda());
  }

  public AuthorizerFunction(App app) {
    tokens = app.tokens();
  }

  @Override
  public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
    Handshake handshake = new Handshake(event.getHeaders(), event.getQueryStringParameters());
    Admission admission = handshake.admission();
    Optional<Identity> identity = handshake.token().map(this::identify);
    if (identity.isEmpty() && !admission.mayBeAnonymous()) {
      throw new Unauthorized();
    }
    return IamPolicyResponse.builder()
        .withPrincipalId(identity.map(known -> known.userId().value().toString()).orElse(ANONYMOUS))
        .withPolicyDocument(
            PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(IamPolicyResponse.allowStatement(event.getMethodArn())))
                .build())
        .withContext(new HashMap<>(Caller.context(admission.protocol(), identity)))
        .build();
  }

  private Identity identify(String token) {
    try {
      return tokens.verifyAccess(token);
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
