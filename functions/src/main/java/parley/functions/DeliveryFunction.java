package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import parley.delivery.Delivery;
import parley.delivery.DeliveryService;
import parley.platform.log.Log;

/** Delivers, invoked asynchronously, what a request could not deliver by itself. */
public final class DeliveryFunction implements RequestStreamHandler {
  private final Log log;
  private final DeliveryService deliveries;

  public DeliveryFunction() {
    this(App.onLambda());
  }

  public DeliveryFunction(App app) {
    log = app.log(getClass());
    deliveries = app.deliveries();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    log.invocation(context.getAwsRequestId(), () -> deliveries.deliver(Delivery.fromJson(event)));
  }
}
