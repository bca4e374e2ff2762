package parley.functions;

import java.time.Instant;
import java.util.Optional;
import parley.delivery.KeepaliveService;
import parley.platform.json.Json;
import parley.presence.ComingsAndGoings;

/** Serves connections on which nobody says anything; a schedule invokes it once a minute. */
public final class KeepaliveFunction extends LambdaFunction {
  private final KeepaliveService keepalive;
  private final ComingsAndGoings presence;

  public KeepaliveFunction() {
    this(App.onLambda());
  }

  public KeepaliveFunction(App app) {
    super(app);
    keepalive = app.keepalive();
    presence = app.comingsAndGoings();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    presence.goings();
    keepalive.serve(Instant.parse(Json.readObject(event).string("time")));
    return Optional.of("");
  }
}
