package parley.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import parley.local.lambda.FunctionHost;
import parley.local.lambda.Invocation;
import parley.local.template.Deployment;
import parley.local.template.Resource;

/** The functions that a deployment runs, as the CDK's triggers have it. */
final class Triggers {
  private static final byte[] EVENT = "{}".getBytes(UTF_8);

  private final Deployment deployment;
  private final FunctionHost functions;

  Triggers(Deployment deployment, FunctionHost functions) {
    this.deployment = deployment;
    this.functions = functions;
  }

  /**
   * Runs them all, and waits for those that the deployment waits for.
   *
   * @throws BootException with what it said, if one fails
   */
  void run() {
    deployment.ofType("Custom::Trigger").forEach(this::run);
  }

  private void run(Resource trigger) {
    String function = trigger.requireText("HandlerArn");
    if (trigger.text("InvocationType").orElse("RequestResponse").equals("Event")) {
      functions.invokeAsync(function, EVENT);
      return;
    }
    Invocation invocation = functions.invoke(function, EVENT);
    if (invocation.failed()) {
      throw new BootException(
          "%s failed: %s".formatted(trigger.described(), new String(invocation.payload(), UTF_8)));
    }
  }
}
