package parley.functions;

import java.util.Optional;
import parley.functions.http.Router;

/** Answers every request of the HTTP API (payload format 2.0). */
public final class HttpFunction extends LambdaFunction {
  private final Router router;

  public HttpFunction() {
    this(App.onLambda());
  }

  public HttpFunction(App app) {
    super(app);
    router = app.router();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    return Optional.of(GatewayEvents.write(router.handle(GatewayEvents.http(event))));
  }
}
