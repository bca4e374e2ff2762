package parley.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import java.util.Optional;
import parley.auth.Identity;
import parley.auth.TokenService;
import parley.connection.Origin;
import parley.functions.socket.Caller;
import parley.functions.socket.Handshake;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;

/** Decides who may open a connection to the WebSocket API. */
public final class AuthorizerFunction extends LambdaFunction {
  /** The principal of a Socket.IO client, which may say who it is when its connection is open. */
  private static final String ANONYMOUS = "anonymous";

  private final TokenService tokens;

  public AuthorizerFunction() {
    this(App.onLambda());
  }

  public AuthorizerFunction(App app) {
    super(app);
    tokens = app.tokens();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    APIGatewayCustomAuthorizerEvent question = GatewayEvents.authorizer(event);
    Handshake handshake = new Handshake(question.getHeaders(), question.getQueryStringParameters());
    return authorize(handshake)
        .map(
            admitted ->
                GatewayEvents.allow(
                    question.getMethodArn(),
                    admitted
                        .identity()
                        .map(known -> known.userId().value().toString())
                        .orElse(ANONYMOUS),
                    Caller.context(
                        handshake.admission().protocol(),
                        admitted.identity(),
                        Origin.ofAddress(
                            question.getRequestContext().getIdentity().getSourceIp()))));
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
}
