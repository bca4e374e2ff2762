package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import parley.delivery.DeliveryService;
import parley.delivery.DeliveryTask;

/** Does, invoked asynchronously, what a request could not do by itself. */
public final class DeliveryFunction implements RequestStreamHandler {
  private final DeliveryService deliveries;

  public DeliveryFunction() {
    this(App.onLambda());
  }

  public DeliveryFunction(App app) {
    deliveries = app.deliveries();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    deliveries.run(DeliveryTask.fromJson(event));
  }
}
