package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import parley.delivery.Delivery;
import parley.delivery.DeliveryService;

/** Delivers, invoked asynchronously, what a request could not deliver by itself. */
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
    deliveries.deliver(Delivery.fromJson(event));
  }
}
