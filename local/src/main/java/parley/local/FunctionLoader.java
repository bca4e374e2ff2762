package parley.local;

import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.functions.App;
import parley.local.aws.Callers;
import parley.local.aws.Policy;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.FunctionHost;
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
  private final @Nullable PackagedFunctions packaged;
  private final Map<String, String> accessKeys = new HashMap<>();

  /**
   * @param packaged runs the functions in processes of their own; null to call them in this JVM
   */
  FunctionLoader(
      RuntimeOptions options,
      Deployment deployment,
      Callers callers,
      FunctionHost functions,
      @Nullable PackagedFunctions packaged) {
    this.options = options;
    this.packaged = packaged;
    this.deployment = deployment;
    this.callers = callers;
    this.functions = functions;
    this.policies = new Policies(deployment);
  }

  /**
   * Loads all functions.
   *
   * @param awsPort where their calls to AWS go
   * @return the functions' access key ids, by logical id
   * @throws IllegalStateException naming the function, if one does not start
   */
  Map<String, String> load(int awsPort) {
    Set<String> providers = new HashSet<>();
    // The CDK's own function behind a custom resource: this runtime does its work itself.
    for (Resource trigger : deployment.ofType("Custom::Trigger")) {
      providers.add(trigger.requireText("ServiceToken"));
    }
    for (Resource resource : deployment.ofType("AWS::Lambda::Function")) {
      if (!providers.contains(resource.attribute("Arn"))) {
        load(FunctionDefinition.read(resource), awsPort);
      }
    }
    for (Resource config : deployment.ofType("AWS::Lambda::EventInvokeConfig")) {
      checkDestination(config);
    }
    if (packaged != null) {
      packaged.awaitInitialized();
    }
    return Map.copyOf(accessKeys);
  }

  private void load(FunctionDefinition definition, int awsPort) {
    Resource role = policies.role(definition.roleArn());
    String session =
        "arn:%s:sts::%s:assumed-role/%s/%s"
            .formatted(Account.PARTITION, Account.ID, role.ref(), definition.name());
    String accessKey = callers.register(definition.logicalId(), session, policies.of(role));
    accessKeys.put(definition.logicalId(), accessKey);
    Map<String, String> environment = new HashMap<>(definition.environment());
    environment.putAll(options.overrides());
    if (packaged != null) {
      functions.load(definition, packaged.open(definition, environment, accessKey));
      return;
    }
    App app =
        new App(
            new Config(environment),
            LocalClients.of(accessKey, awsPort),
            options.clock(),
            options.log());
    functions.load(
        definition,
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
