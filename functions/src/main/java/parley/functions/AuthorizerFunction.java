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
  /** The principal of a Socket.IO client, which may say who it is when its connection is open. */
  private static final String ANONYMOUS = "anonymous";

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
    Handshake handshake = new Handshake(event.getHeaders(), event.getQueryStringParameters());
    Optional<Identity> identity =
        log.invocation(context.getAwsRequestId(), () -> authorize(handshake))
            .orElseThrow(Unauthorized::new)
            .identity();
    return IamPolicyResponse.builder()
        .withPrincipalId(identity.map(known -> known.userId().value().toString()).orElse(ANONYMOUS))
        .withPolicyDocument(
            PolicyDocument.builder()
                .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                .withStatement(List.of(IamPolicyResponse.allowStatement(event.getMethodArn())))
                .build())
        .withContext(new HashMap<>(Caller.context(handshake.admission().protocol(), identity)))
        .build();
  }

  /**
   * A client that is let in.
   *
   * @param identity who its token speaks for; nobody, of a Socket.IO client without one
   */
  private record Admitted(Optional<Identity> identity) {}

  private Optional<Admitted> authorize(Handshake handshake) {
    Invocation.current().action("authorize");
    try {
      Optional<Identity> identity = handshake.token().map(tokens::verifyAccess);
      identity.ifPresent(known -> Invocation.current().user(known.userId().value()));
      if (identity.isPresent() || handshake.admission().mayBeAnonymous()) {
        return Optional.of(new Admitted(identity));
      }
      Invocation.current().refused(ErrorCode.UNAUTHENTICATED);
    } catch (ChatException e) {
      Invocation.current().refused(e.code());
    }
    return Optional.empty();
  }

  /** API Gateway answers 401 to this very message of an authorizer, and 500 to any other. */
  private static final class Unauthorized extends RuntimeException {
    private Unauthorized() {
      super("Unauthorized", null, false, false);
    }
  }
}
