package parley.functions;

import java.time.Instant;
import java.util.Optional;
import parley.platform.json.Json;
import parley.sweep.SweepService;

/** Repairs what other functions left behind; a schedule invokes it once a minute. */
public final class SweepFunction extends LambdaFunction {
  private final SweepService sweep;

  public SweepFunction() {
    this(App.onLambda());
  }

  public SweepFunction(App app) {
    super(app);
    sweep = app.sweep();
  }

  @Override
  Optional<String> answer(String event, String functionArn) {
    sweep.sweep(Instant.parse(Json.readObject(event).string("time")));
    return Optional.of("");
  }
}
