package parley.local;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.functions.App;
import parley.local.aws.AwsEndpoint;
import parley.local.aws.Caller;
import parley.local.aws.Callers;
import parley.local.aws.Policy;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.FunctionHost;
import parley.local.lambda.FunctionLog;
import parley.local.process.PackagedFunctions;
import parley.local.template.Account;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import parley.local.template.TemplateException;
import parley.platform.Config;

/** Makes the functions of the template, each with its own environment, role and access key. */
final class FunctionLoader {
  private final RuntimeOptions options;
  private final Deployment deployment;
  private final Callers callers;
  private final FunctionHost functions;
  private final Policies policies;
  private @Nullable PackagedFunctions packaged;
  private final Map<String, String> accessKeys = new HashMap<>();

  FunctionLoader(
      RuntimeOptions options, Deployment deployment, Callers callers, FunctionHost functions) {
    this.options = options;
    this.deployment = deployment;
    this.callers = callers;
    this.functions = functions;
    this.policies = new Policies(deployment);
  }

  /**
   * Checks what AWS would need in the name of the functions' roles.
   *
   * @throws TemplateException naming what a role lacks
   */
  void check() {
    deployment.ofType("Custom::Trigger").forEach(this::checkTrigger);
    deployment.ofType("AWS::Lambda::EventInvokeConfig").forEach(this::checkDestination);
  }

  /**
   * Loads all functions.
   *
   * @param endpoint where their calls to AWS go
   * @param packaged runs the functions in processes of their own; null to call them in this JVM
   * @return the functions' access key ids, by logical id
   * @throws IllegalStateException naming the function, if one does not start
   */
  Map<String, String> load(AwsEndpoint endpoint, @Nullable PackagedFunctions packaged) {
    this.packaged = packaged;
    Set<String> providers = new HashSet<>();
    // The CDK's own function behind a custom resource: this runtime does its work itself.
    for (Resource trigger : deployment.ofType("Custom::Trigger")) {
      providers.add(trigger.requireText("ServiceToken"));
    }
    for (Resource resource : deployment.ofType("AWS::Lambda::Function")) {
      if (!providers.contains(resource.attribute("Arn"))) {
        load(FunctionDefinition.read(resource), endpoint);
      }
    }
    if (packaged != null) {
      packaged.awaitInitialized();
    }
    return Map.copyOf(accessKeys);
  }

  private void load(FunctionDefinition definition, AwsEndpoint endpoint) {
    Resource role = policies.role(definition.roleArn());
    String session =
        "arn:%s:sts::%s:assumed-role/%s/%s"
            .formatted(Account.PARTITION, Account.ID, role.ref(), definition.name());
    String accessKey = callers.register(definition.logicalId(), session, policies.of(role));
    accessKeys.put(definition.logicalId(), accessKey);
    Caller caller = callers.find(accessKey);
    if (packaged != null) {
      functions.load(definition, caller, packaged.open(definition, accessKey));
      return;
    }
    App app =
        new App(
            new Config(definition.environment()),
            LocalClients.of(accessKey, endpoint),
            options.clock(),
            options.sleeper(),
            new FunctionLog(caller, definition.logGroup(), options.log()));
    functions.load(
        definition,
        caller,
        handlerClass -> {
          try {
            return handlerClass.getConstructor(App.class).newInstance(app);
          } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(cause.toString(), cause);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                handlerClass.getName() + " has no public constructor that takes an App", e);
          }
        });
  }

  /**
   * The CDK's function behind a trigger, whose work is done here, needs its permission all the
   * same.
   */
  private void checkTrigger(Resource trigger) {
    String provider = trigger.requireText("ServiceToken");
    String handler = trigger.requireText("HandlerArn");
    Resource function =
        deployment
            .find("AWS::Lambda::Function", provider)
            .orElseThrow(() -> new TemplateException(trigger.described() + ": no such provider"));
    if (policies
            .of(policies.role(function.requireText("Role")))
            .decide("lambda:InvokeFunction", handler)
        != Policy.Decision.ALLOW) {
      throw new TemplateException(
          "%s: the role of %s may not invoke %s"
              .formatted(trigger.described(), function.logicalId(), handler));
    }
  }

  /** On AWS an event is lost in silence if its function may not send it to its destination. */
  private void checkDestination(Resource config) {
    String destination = config.text("DestinationConfig.OnFailure.Destination").orElse(null);
    Resource function =
        deployment
            .find("AWS::Lambda::Function", config.requireText("FunctionName"))
            .orElseThrow(() -> new TemplateException(config.described() + ": no such function"));
    if (destination != null
        && policies
                .of(policies.role(function.requireText("Role")))
                .decide("sqs:SendMessage", destination)
            != Policy.Decision.ALLOW) {
      throw new TemplateException(
          "%s: the role of %s may not send to %s"
              .formatted(config.described(), function.logicalId(), destination));
    }
  }
}
