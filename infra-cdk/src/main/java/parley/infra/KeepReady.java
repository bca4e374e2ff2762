package parley.infra;

import java.util.List;
import java.util.Map;
import parley.functions.StayReady;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.LambdaFunctionProps;
import software.constructs.Construct;

/**
 * Invokes functions that start from a snapshot and that nothing else invokes while nobody chats:
 * after 14 days without an invocation Lambda gives the snapshot up.
 */
final class KeepReady extends Construct {
  /** Four chances before the 14 days are over. */
  private static final Duration PERIOD = Duration.days(3);

  KeepReady(Construct scope, List<ChatFunction> functions) {
    super(scope, "KeepReady");
    RuleTargetInput event = RuleTargetInput.fromObject(Map.of(StayReady.FIELD, true));
    Rule rule = Rule.Builder.create(this, "Rule").schedule(Schedule.rate(PERIOD)).build();
    LambdaFunctionProps input = LambdaFunctionProps.builder().event(event).build();
    functions.forEach(function -> rule.addTarget(new LambdaFunction(function.live(), input)));
    Accepted.of(
        rule,
        "Serverless-EventBusDLQ",
        "The event says nothing: there is nothing in it to keep, and the next one comes in days.");
  }
}
