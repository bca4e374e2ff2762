package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** Delivers, invoked asynchronously, what a request could not deliver by itself. */
public final class DeliveryFunction implements RequestStreamHandler {
  public DeliveryFunction() {
    this(App.onLambda());
  }

  public DeliveryFunction(App app) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {}
}
