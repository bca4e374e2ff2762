package parley.functions;

import java.util.Optional;
import parley.delivery.Delivery;
import parley.delivery.DeliveryService;

/** Delivers, invoked asynchronously, what a request could not deliver by itself. */
public final class DeliveryFunction extends LambdaFunction {
  private final DeliveryService deliveries;

  public DeliveryFunction() {
    this(App.onLambda());
  }

  public DeliveryFunction(App app) {
    super(app);
    deliveries = app.deliveries();
  }

  @Override
  Optional<String> answer(String event) {
    deliveries.deliver(Delivery.fromJson(event));
    return Optional.of("");
  }
}
