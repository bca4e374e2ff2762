package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Least privilege: exactly what each function calls, on exactly what it calls it. */
class PermissionTemplateTest {
  /**
   * Where a star is allowed, as the end of a resource: connections have no ids before they are
   * open, and the CDK's own trigger invokes whichever version of the migration is new.
   */
  private static final List<String> STARRED_RESOURCES =
      List.of("/ws/POST/@connections/*", "/ws/DELETE/@connections/*", ".Arn}:*");

  private static final List<String> STATEMENTS =
      List.of("rds-data:ExecuteStatement", "secretsmanager:GetSecretValue");
  private static final List<String> TRANSACTIONS =
      List.of(
          "rds-data:BeginTransaction",
          "rds-data:CommitTransaction",
          "rds-data:RollbackTransaction");
  private static final List<String> LOGS = List.of("logs:CreateLogStream", "logs:PutLogEvents");

  static List<Deployed> functions() {
    return Deployed.of(Synthesis.standard());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionMayDoExactlyWhatItNeeds(Deployed function) {
    List<String> expected = new ArrayList<>(LOGS);
    switch (function.name()) {
      case "HttpFunction", "SocketFunction" -> {
        expected.addAll(STATEMENTS);
        expected.addAll(
            List.of(
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "execute-api:ManageConnections",
                "lambda:InvokeFunction"));
        if (function.name().equals("SocketFunction")) {
          expected.add("dynamodb:Query");
        }
      }
      case "SweepFunction" -> {
        expected.addAll(STATEMENTS);
        expected.addAll(
            List.of(
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem",
                "execute-api:ManageConnections",
                "lambda:InvokeFunction"));
      }
      case "AuthorizerFunction" -> expected.add("secretsmanager:GetSecretValue");
      case "DeliveryFunction" -> {
        expected.addAll(STATEMENTS);
        expected.addAll(
            List.of(
                "dynamodb:BatchGetItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "execute-api:ManageConnections",
                "lambda:InvokeFunction",
                "sqs:SendMessage"));
      }
      case "KeepaliveFunction" ->
          expected.addAll(
              List.of(
                  "dynamodb:BatchGetItem",
                  "dynamodb:DeleteItem",
                  "dynamodb:Query",
                  "dynamodb:UpdateItem",
                  "execute-api:ManageConnections",
                  "lambda:InvokeFunction"));
      case "MigrationFunction" -> {
        expected.addAll(STATEMENTS);
        expected.addAll(TRANSACTIONS);
      }
      default -> throw new AssertionError(function.name());
    }

    assertThat(function.actions()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void theAuthorizerReadsNoOtherSecretThanTheOneThatSigns() {
    Deployed authorizer =
        functions().stream()
            .filter(function -> function.name().equals("AuthorizerFunction"))
            .findFirst()
            .orElseThrow();

    assertThat(authorizer.statements())
        .filteredOn(statement -> statement.path("Action").toString().contains("secretsmanager"))
        .flatMap(PermissionTemplateTest::resources)
        .singleElement()
        .asString()
        .contains("JwtSecret");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void onlyTheMigrationLogsInAsTheOwnerOfTheSchema(Deployed function) {
    boolean migrates = function.name().equals("MigrationFunction");

    assertThat(function.statements())
        .filteredOn(statement -> statement.path("Action").toString().contains("secretsmanager"))
        .flatMap(PermissionTemplateTest::resources)
        .areExactly(
            migrates ? 1 : 0,
            new Condition<>(resource -> resource.contains("DatabaseSecret"), "the owner's login"));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theOnlyFunctionThatAnyMayInvokeIsTheOneThatDelivers(Deployed function) {
    assertThat(function.statements())
        .filteredOn(statement -> statement.path("Action").toString().contains("lambda:"))
        .flatMap(PermissionTemplateTest::resources)
        .allMatch(resource -> resource.contains("DeliveryFunctionLive"));
  }

  @Test
  void noStatementReachesFurtherThanItMust() {
    List<JsonNode> statements = new ArrayList<>();
    for (Map.Entry<String, JsonNode> resource : Synthesis.standard().resources()) {
      JsonNode properties = resource.getValue().path("Properties");
      properties.path("PolicyDocument").path("Statement").forEach(statements::add);
      for (JsonNode policy : properties.path("Policies")) {
        policy.path("PolicyDocument").path("Statement").forEach(statements::add);
      }
    }

    // What is denied may be as much as there is.
    statements.removeIf(statement -> statement.path("Effect").asText().equals("Deny"));
    assertThat(statements).hasSizeGreaterThan(10);
    for (JsonNode statement : statements) {
      assertThat(statement.path("Action").toString()).doesNotContain("*");
      assertThat(statement.has("NotAction") || statement.has("NotResource")).isFalse();
      for (String resource : resources(statement)) {
        if (resource.contains("*")) {
          assertThat(STARRED_RESOURCES).anyMatch(resource::endsWith);
        }
      }
    }
  }

  @Test
  void onlyTheCdksOwnTriggerAndApiGatewaysLoggerHaveAManagedPolicy() {
    Map<String, String> managed = new TreeMap<>();
    for (Map.Entry<String, JsonNode> resource : Synthesis.standard().resources()) {
      for (JsonNode policy : resource.getValue().path("Properties").path("ManagedPolicyArns")) {
        managed.put(resource.getKey().replaceFirst("[0-9A-F]{8}$", ""), Intrinsics.text(policy));
      }
    }

    assertThat(managed)
        .isEqualTo(
            Map.of(
                "AWSCDKTriggerCustomResourceProviderCustomResourceProviderRole",
                "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "GatewayLogs",
                "arn:${AWS::Partition}:iam::aws:policy/service-role/"
                    + "AmazonAPIGatewayPushToCloudWatchLogs"));
  }

  private static List<String> resources(JsonNode statement) {
    JsonNode resource = statement.path("Resource");
    List<String> resources = new ArrayList<>();
    if (resource.isArray()) {
      resource.forEach(each -> resources.add(Intrinsics.text(each)));
    } else {
      resources.add(Intrinsics.text(resource));
    }
    return resources;
  }
}
