package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import parley.platform.json.Json;
import parley.platform.log.Log;
import parley.sweep.SweepService;

/** Repairs what other functions left behind; a schedule invokes it once a minute. */
public final class SweepFunction implements RequestStreamHandler {
  private final Log log;
  private final SweepService sweep;

  public SweepFunction() {
    this(App.onLambda());
  }

  public SweepFunction(App app) {
    log = app.log(getClass());
    sweep = app.sweep();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    log.invocation(
        context.getAwsRequestId(),
        () -> sweep.sweep(Instant.parse(Json.readObject(event).string("time"))));
  }
}
