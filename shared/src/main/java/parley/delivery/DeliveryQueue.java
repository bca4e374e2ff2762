package parley.delivery;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Leaves tasks to DeliveryFunction, by Lambda's asynchronous invocation. */
public final class DeliveryQueue {
  private final LambdaClient lambda;
  private final String function;

  /**
   * @param function the ARN of DeliveryFunction, with its qualifier
   */
  public DeliveryQueue(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
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
