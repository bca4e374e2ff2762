package parley.delivery;

import parley.platform.Config;
import parley.platform.Setting;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Leaves tasks to DeliveryFunction, by Lambda's asynchronous invocation. */
public final class DeliveryQueue {
  private final LambdaClient lambda;
  private final String function;

  public DeliveryQueue(LambdaClient lambda, Config config) {
    this.lambda = lambda;
    this.function = config.require(Setting.DELIVERY_FUNCTION_ARN);
  }

  /** Queues a task; when this returns Lambda has it and retries it by itself. */
  public void add(DeliveryTask task) {
    lambda.invoke(
        request ->
            request
                .functionName(function)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(task.toJson())));
  }
}
