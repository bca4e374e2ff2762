package parley.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.triggers.InvocationType;
import software.amazon.awscdk.triggers.Trigger;

/**
 * Brings the schema up to date in the midst of a deployment: after the database is there, before
 * any caller reaches the new code. A new jar makes a new version of the function, and the trigger
 * runs once for each; a migration that fails rolls the deployment back. The rollback runs the
 * version before, which may be months old: so the function starts anew, and from no snapshot.
 */
final class MigrationTrigger {
  /**
   * The function's. It is as long as the CDK's own function behind the trigger can wait, which has
   * 15 minutes, less some time to report.
   */
  static final Duration MIGRATION_TIMEOUT = Duration.minutes(14);

  /** Longer than the function has, so that its end is seen and it is not invoked twice. */
  private static final Duration PATIENCE = MIGRATION_TIMEOUT.plus(Duration.seconds(30));

  /** Of the construct with the CDK's own function. */
  private static final String PROVIDER =
      "AWSCDK.TriggerCustomResourceProviderCustomResourceProvider";

  private MigrationTrigger() {}

  /**
   * @param migration the function to be run
   * @param users the functions that need its result
   */
  static void create(
      Stack stack, StageContext context, ChatFunction migration, List<ChatFunction> users) {
    Trigger trigger =
        Trigger.Builder.create(stack, "Migrate")
            .handler(migration.function())
            .timeout(PATIENCE)
            .invocationType(InvocationType.REQUEST_RESPONSE)
            .executeOnHandlerChange(true)
            .build();
    users.forEach(user -> trigger.executeBefore(user.live()));
    trigger.executeAfter(logs(stack, context));
  }

  /** Without a group of ours Lambda makes one for the CDK's function, which never forgets. */
  private static LogGroup logs(Stack stack, StageContext context) {
    LogGroup logs =
        LogGroup.Builder.create(stack, "TriggerLogs")
            .retention(context.logRetention())
            .removalPolicy(context.removalPolicy())
            .build();
    CfnResource function =
        (CfnResource) stack.getNode().findChild(PROVIDER).getNode().findChild("Handler");
    function.addPropertyOverride("LoggingConfig", Map.of("LogGroup", logs.getLogGroupName()));
    return logs;
  }
}
