package parley.functions;

import java.time.Instant;
import java.util.Optional;
import parley.delivery.KeepaliveService;
import parley.platform.json.Json;

/** Serves idle connections; a schedule invokes it once a minute. */
public final class KeepaliveFunction extends LambdaFunction {
  private final KeepaliveService keepalive;

  public KeepaliveFunction() {
    this(App.onLambda());
  }

  public KeepaliveFunction(App app) {
    super(app);
    keepalive = app.keepalive();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    keepalive.serve(Instant.parse(Json.readObject(event).string("time")));
    return Optional.of("");
  }
}
