package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import parley.delivery.KeepaliveService;
import parley.platform.json.Json;
import parley.platform.log.Log;

/** Serves connections on which nobody says anything; a schedule invokes it once a minute. */
public final class KeepaliveFunction implements RequestStreamHandler {
  private final Log log;
  private final KeepaliveService keepalive;

  public KeepaliveFunction() {
    this(App.onLambda());
  }

  public KeepaliveFunction(App app) {
    log = app.log(getClass());
    keepalive = app.keepalive();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    Instant time = Instant.parse(Json.readObject(event).string("time"));
    log.invocation(context.getAwsRequestId(), () -> keepalive.serve(time));
  }
}
