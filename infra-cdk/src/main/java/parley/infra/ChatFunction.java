package parley.infra;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.platform.Setting;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.CfnFunction.SnapStartProperty;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SystemLogLevel;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * One Lambda function with its own role and log group, and the alias {@code live} that callers use:
 * SnapStart restores published versions only, never {@code $LATEST}.
 *
 * <p>A function with SnapStart must be invoked every 14 days at least; see {@link KeepReady}.
 */
final class ChatFunction extends Construct {
  /** The alias that everything calls. */
  static final String LIVE = "live";

  /**
   * The first compiler alone, by the figures of docs/cold-start.md: with SnapStart the runtime has
   * the second one too, which costs an environment more than it ever gives back.
   *
   * <p>As many idle connections to a host as ConnectionGateway posts at once: the JDK keeps five,
   * so that each further post of a fan-out would open a socket and shake hands over TLS.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Lambda's
   *     page on JAVA_TOOL_OPTIONS</a>
   * @see <a
   *     href="https://docs.oracle.com/en/java/javase/25/core/java-networking.html">http.maxConnections</a>
   */
  private static final String JVM_OPTIONS =
      "-XX:+TieredCompilation -XX:TieredStopAtLevel=1 -Dhttp.maxConnections=200";

  /** How an environment of a function comes to be. */
  enum Start {
    /** Restored from a snapshot of the published version, by SnapStart. */
    SNAPSHOT("PublishedVersions"),
    /** Made anew, which takes seconds and works however long ago the last invocation was. */
    ANEW("None");

    private final String applyOn;

    Start(String applyOn) {
      this.applyOn = applyOn;
    }
  }

  private static final String NEXT_MINUTE =
      "The event says nothing but that a minute is over: there is nothing in it to keep, the next"
          + " one does the work, and the alarm function-errors tells of the failure.";

  private final String name;
  private final Role role;
  private final Function function;
  private final Alias live;

  /**
   * @param handler a class of the module functions that Lambda makes with its no-argument
   *     constructor
   * @param memory in MB; 1769 is one whole CPU
   * @param start whether it starts from a snapshot
   */
  ChatFunction(
      Construct scope,
      Class<?> handler,
      Code code,
      int memory,
      Duration timeout,
      Start start,
      Map<Setting, String> environment,
      StageContext context) {
    super(scope, handler.getSimpleName());
    name = handler.getSimpleName();
    LogGroup logs =
        LogGroup.Builder.create(this, "Logs")
            .retention(context.logRetention())
            .removalPolicy(context.removalPolicy())
            .build();
    // Not AWSLambdaBasicExecutionRole, which may write to every log group of the account.
    role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), logs.getLogGroupArn());
    function =
        Function.Builder.create(this, "Function")
            .handler(handler.getName())
            .code(code)
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .memorySize(memory)
            .timeout(timeout)
            .environment(variables(environment, context))
            .role(role)
            .logGroup(logs)
            // Lambda's own lines are JSON then, as ours are, so that one query reads both; and it
            // tells the function the level, which has one place so.
            .loggingFormat(LoggingFormat.JSON)
            .applicationLogLevelV2(context.applicationLogLevel())
            .systemLogLevelV2(SystemLogLevel.INFO)
            .tracing(context.tracing() ? Tracing.ACTIVE : Tracing.DISABLED)
            .build();
    // Without a word CloudFormation may leave a function as it was.
    ((CfnFunction) requireNonNull(function.getNode().getDefaultChild()))
        .setSnapStart(SnapStartProperty.builder().applyOn(start.applyOn).build());
    Accepted.of(
        function,
        "Serverless-LambdaDLQ",
        "Who calls it waits for the answer, or has told the alias what becomes of a failure; a queue"
            + " of the function itself would serve nobody.");
    if (context.tracing()) {
      accept("Resource::*", "X-Ray has no resources of one's own to name.");
    } else {
      Accepted.of(
          function,
          "Serverless-LambdaTracing",
          "The one who deploys decides what traces are worth to them: the context value tracing.");
    }
    live =
        Alias.Builder.create(this, "Live")
            .aliasName(LIVE)
            .version(function.getCurrentVersion())
            .build();
  }

  /** The simple name of its class, as in the log. */
  String name() {
    return name;
  }

  Function function() {
    return function;
  }

  Alias live() {
    return live;
  }

  /** Grants exactly these actions on these resources. */
  void allow(List<String> actions, String... resources) {
    role.addToPolicy(
        PolicyStatement.Builder.create().actions(actions).resources(List.of(resources)).build());
  }

  /** Lets cdk-nag's finding about a star in what {@link #allow} granted stand. */
  void accept(String finding, String reason) {
    Accepted.of(role.getNode().findChild("DefaultPolicy"), "AwsSolutions-IAM5", finding, reason);
  }

  /**
   * Lets it invoke itself. The policy is one of its own because it names the function, which in its
   * turn is made after its role's other policy.
   */
  void allowInvokingItself() {
    Policy.Builder.create(this, "SelfInvocation")
        .roles(List.of(role))
        .statements(
            List.of(
                PolicyStatement.Builder.create()
                    .actions(List.of("lambda:InvokeFunction"))
                    .resources(List.of(live.getFunctionArn()))
                    .build()))
        .build();
  }

  /**
   * Lets EventBridge invoke it once a minute, and Lambda not try again what fails: the next minute
   * comes soon enough.
   */
  void everyMinute() {
    Rule tick =
        Rule.Builder.create(this, "Tick")
            .schedule(Schedule.rate(Duration.minutes(1)))
            .targets(List.of(new LambdaFunction(live)))
            .build();
    Accepted.of(tick, "Serverless-EventBusDLQ", NEXT_MINUTE);
    CfnEventInvokeConfig retries =
        CfnEventInvokeConfig.Builder.create(this, "Retries")
            .functionName(function.getFunctionName())
            .qualifier(LIVE)
            .maximumRetryAttempts(0)
            .build();
    retries.getNode().addDependency(live);
    Accepted.of(retries, "Serverless-LambdaAsyncFailureDestination", NEXT_MINUTE);
  }

  private static Map<String, String> variables(
      Map<Setting, String> environment, StageContext context) {
    Map<String, String> variables = new TreeMap<>();
    environment.forEach((setting, value) -> variables.put(setting.name(), value));
    variables.put(Setting.STAGE.name(), context.stage());
    variables.put("JAVA_TOOL_OPTIONS", JVM_OPTIONS);
    return variables;
  }
}
