package parley.functions;

import java.util.Optional;
import parley.delivery.DeliveryService;
import parley.delivery.DeliveryTask;

/** Does, invoked asynchronously, what a request could not do by itself. */
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
  Optional<String> answer(String event, String functionArn) {
    deliveries.run(DeliveryTask.fromJson(event), functionArn);
    return Optional.of("");
  }
}
