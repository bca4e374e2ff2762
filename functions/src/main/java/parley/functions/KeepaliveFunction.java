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

/** Serves connections on which nobody says anything; a schedule invokes it once a minute. */
public final class KeepaliveFunction implements RequestStreamHandler {
  private final KeepaliveService keepalive;

  public KeepaliveFunction() {
    this(App.onLambda());
  }

  public KeepaliveFunction(App app) {
    keepalive = app.keepalive();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    keepalive.serve(Instant.parse(Json.readObject(event).string("time")));
  }
}
