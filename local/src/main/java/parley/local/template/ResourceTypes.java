package parley.local.template;

import static parley.local.template.Account.arn;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import parley.local.template.ResourceType.Identity;
import parley.local.template.ResourceType.Lookup;

/** Every resource type that the runtime knows; a template with another one does not boot. */
final class ResourceTypes {
  private static final Map<String, ResourceType> TYPES = new HashMap<>();

  private ResourceTypes() {}

  static {
    lambda();
    identities();
    ApiTypes.add();
    DataTypes.add();
    rest();
    MeaninglessTypes.REASONS.forEach(
        (name, reason) ->
            TYPES.put(
                name,
                new ResourceType(name, Set.of(), Set.of(), true, ResourceTypes::placeholder)));
  }

  /**
   * The type of a resource.
   *
   * @throws TemplateException naming the resource, if the runtime knows no such type
   */
  static ResourceType of(StackTemplate.Declaration declaration) {
    ResourceType type = TYPES.get(declaration.type());
    if (type == null) {
      throw new TemplateException(
          declaration.described()
              + " is of a type that this runtime does not know; it needs a handler, or a place on"
              + " the list of types that mean nothing on one machine");
    }
    return type;
  }

  private static void lambda() {
    add(
        "AWS::Lambda::Function",
        Set.of(
            "DeadLetterConfig",
            "Environment",
            "FunctionName",
            "Handler",
            "LoggingConfig",
            "MemorySize",
            "Role",
            "Runtime",
            "Timeout"),
        Set.of(
            "Architectures",
            "Code",
            "Description",
            "EphemeralStorage",
            "ReservedConcurrentExecutions",
            "RuntimeManagementConfig",
            "SnapStart",
            "Tags",
            "TracingConfig",
            "VpcConfig"),
        lookup -> {
          String name = lookup.text("FunctionName", lookup.generatedName());
          return new Identity(name, Map.of("Arn", arn("lambda", "function:" + name)));
        });
    add(
        "AWS::Lambda::Version",
        Set.of("FunctionName"),
        Set.of("CodeSha256", "Description", "RuntimePolicy"),
        lookup -> {
          String function = functionArn(lookup.text("FunctionName", ""));
          return new Identity(
              function + ":1", Map.of("Version", "1", "FunctionArn", function + ":1"));
        });
    add(
        "AWS::Lambda::Alias",
        Set.of("FunctionName", "FunctionVersion", "Name"),
        Set.of("Description"),
        lookup -> {
          String alias =
              functionArn(lookup.text("FunctionName", "")) + ":" + lookup.text("Name", "");
          return new Identity(alias, Map.of("AliasArn", alias));
        });
    add(
        "AWS::Lambda::Permission",
        Set.of("Action", "FunctionName", "Principal", "SourceAccount", "SourceArn"),
        Set.of(),
        ResourceTypes::placeholder);
    add(
        "AWS::Lambda::EventInvokeConfig",
        Set.of("DestinationConfig", "FunctionName", "MaximumRetryAttempts", "Qualifier"),
        Set.of("MaximumEventAgeInSeconds"),
        ResourceTypes::placeholder);
  }

  private static void identities() {
    add(
        "AWS::IAM::Role",
        Set.of("AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "RoleName"),
        Set.of("Description", "MaxSessionDuration", "Path", "Tags"),
        lookup -> {
          String name = lookup.text("RoleName", lookup.generatedName());
          return new Identity(
              name,
              Map.of(
                  "Arn", Account.globalArn("iam", "role/" + name), "RoleId", lookup.generatedId()));
        });
    add(
        "AWS::IAM::Policy",
        Set.of("PolicyDocument", "PolicyName", "Roles"),
        Set.of(),
        ResourceTypes::placeholder);
    add(
        "AWS::SecretsManager::Secret",
        Set.of("GenerateSecretString", "Name", "SecretString"),
        Set.of("Description", "KmsKeyId", "Tags"),
        lookup -> {
          String name = lookup.text("Name", lookup.generatedName());
          String secret = arn("secretsmanager", "secret:" + name + "-" + Ids.of(name, 6));
          return new Identity(secret, Map.of("Id", secret));
        });
    add(
        "AWS::SecretsManager::SecretTargetAttachment",
        Set.of("SecretId", "TargetId", "TargetType"),
        Set.of(),
        lookup -> new Identity(lookup.text("SecretId", ""), Map.of()));
  }

  private static void rest() {
    add(
        "AWS::SQS::Queue",
        Set.of("QueueName"),
        Set.of(
            "KmsMasterKeyId",
            "MessageRetentionPeriod",
            "SqsManagedSseEnabled",
            "Tags",
            "VisibilityTimeout"),
        lookup -> {
          String name = lookup.text("QueueName", lookup.generatedName());
          String url =
              "https://sqs.%s.%s/%s/%s"
                  .formatted(Account.REGION, Account.URL_SUFFIX, Account.ID, name);
          return new Identity(
              url, Map.of("Arn", arn("sqs", name), "QueueName", name, "QueueUrl", url));
        });
    add(
        "AWS::Logs::LogGroup",
        Set.of("LogGroupName"),
        Set.of("KmsKeyId", "LogGroupClass", "RetentionInDays", "Tags"),
        lookup -> {
          String name = lookup.text("LogGroupName", lookup.generatedName());
          return new Identity(name, Map.of("Arn", arn("logs", "log-group:" + name + ":*")));
        });
    add(
        "AWS::Events::Rule",
        Set.of("Name", "ScheduleExpression", "State", "Targets"),
        Set.of("Description", "Tags"),
        lookup -> {
          String name = lookup.text("Name", lookup.generatedName());
          return new Identity(name, Map.of("Arn", arn("events", "rule/" + name)));
        });
    add(
        "Custom::Trigger",
        Set.of("ExecuteOnHandlerChange", "HandlerArn", "InvocationType", "ServiceToken", "Timeout"),
        Set.of(),
        ResourceTypes::placeholder);
  }

  private static String functionArn(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : arn("lambda", "function:" + nameOrArn);
  }

  static Identity placeholder(Lookup lookup) {
    return new Identity(lookup.generatedId(), Map.of());
  }

  static void add(
      String name, Set<String> used, Set<String> ignored, Function<Lookup, Identity> identity) {
    TYPES.put(name, new ResourceType(name, used, ignored, false, identity));
  }
}
