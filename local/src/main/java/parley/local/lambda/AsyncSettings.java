package parley.local.lambda;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.local.template.Deployment;
import parley.local.template.Resource;

/** How often failed asynchronous invocations are retried, and where their events end. */
final class AsyncSettings {
  /**
   * @param destinationArn where a record of the failed invocation goes
   * @param deadLetterArn where the bare event goes
   */
  record Setting(int retries, @Nullable String destinationArn, @Nullable String deadLetterArn) {}

  private final Map<String, Setting> byQualifiedArn = new HashMap<>();
  private final Map<String, String> deadLetters = new HashMap<>();

  AsyncSettings(Deployment deployment) {
    for (Resource function : deployment.ofType("AWS::Lambda::Function")) {
      function
          .text("DeadLetterConfig.TargetArn")
          .ifPresent(target -> deadLetters.put(function.ref(), target));
    }
    for (Resource config : deployment.ofType("AWS::Lambda::EventInvokeConfig")) {
      Optional<String> destination = config.text("DestinationConfig.OnFailure.Destination");
      String name = config.requireText("FunctionName");
      byQualifiedArn.put(
          name + ":" + config.requireText("Qualifier"),
          new Setting(
              config.number("MaximumRetryAttempts", 2),
              destination.orElse(null),
              deadLetters.get(name)));
    }
  }

  /** As on Lambda, a version's or alias's setting is its own and not the function's. */
  Setting of(FunctionNames.Target target) {
    String qualifier =
        target.arn().endsWith(":function:" + target.functionName())
            ? "$LATEST"
            : target.arn().substring(target.arn().lastIndexOf(':') + 1);
    Setting setting = byQualifiedArn.get(target.functionName() + ":" + qualifier);
    return setting != null ? setting : new Setting(2, null, deadLetters.get(target.functionName()));
  }
}
