package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What keeps the data in, strangers out and one client from using up what is there for all. */
class SafetyTemplateTest {
  private static final Set<String> WAYS_OUT =
      Set.of(
          "AWS::EC2::EIP",
          "AWS::EC2::InternetGateway",
          "AWS::EC2::NatGateway",
          "AWS::EC2::Route",
          "AWS::EC2::SecurityGroupEgress",
          "AWS::EC2::SecurityGroupIngress",
          "AWS::EC2::VPCGatewayAttachment",
          "AWS::EC2::VPCPeeringConnection",
          "AWS::Lambda::Url");

  static List<Deployed> functions() {
    return Deployed.of(Synthesis.standard());
  }

  @Test
  void whatIsKeptIsEncrypted() {
    Synthesis synthesis = Synthesis.standard();
    JsonNode table = properties("AWS::DynamoDB::GlobalTable");
    JsonNode queue = properties("AWS::SQS::Queue");

    assertThat(properties("AWS::RDS::DBCluster").path("StorageEncrypted").asBoolean()).isTrue();
    // DynamoDB encrypts every table; false has it use its own key, not one of KMS.
    assertThat(table.path("SSESpecification").path("SSEEnabled").isBoolean()).isTrue();
    assertThat(queue.path("SqsManagedSseEnabled").asBoolean()).isTrue();
    assertThat(properties("AWS::SNS::Topic").at("/KmsMasterKeyId/Fn::GetAtt/0").asText())
        .startsWith("AlarmsKey");
    assertThat(synthesis.resources("AWS::S3::Bucket"))
        .as("say how a bucket is encrypted")
        .isEmpty();
  }

  @Test
  void whatIsKeptCanBeBroughtBack() {
    JsonNode table = properties("AWS::DynamoDB::GlobalTable").path("Replicas").path(0);
    JsonNode cluster = properties("AWS::RDS::DBCluster");

    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(cluster.path("BackupRetentionPeriod").asInt()).isBetween(7, 35);
    assertThat(cluster.path("CopyTagsToSnapshot").asBoolean()).isTrue();
    assertThat(properties("AWS::SQS::Queue").path("MessageRetentionPeriod").asInt())
        .as("two weeks, the most that SQS keeps")
        .isEqualTo(14 * 24 * 3600);
  }

  @Test
  void connectionsThatNobodyClosedAreForgotten() {
    JsonNode expiry = properties("AWS::DynamoDB::GlobalTable").path("TimeToLiveSpecification");

    assertThat(expiry.path("AttributeName").asText()).isEqualTo("expiresAt");
    assertThat(expiry.path("Enabled").asBoolean()).isTrue();
  }

  @Test
  void noNetworkLeadsToTheDatabase() {
    Synthesis synthesis = Synthesis.standard();
    JsonNode group = properties("AWS::EC2::SecurityGroup");

    assertThat(properties("AWS::RDS::DBInstance").path("PubliclyAccessible").isBoolean()).isTrue();
    assertThat(properties("AWS::RDS::DBInstance").path("PubliclyAccessible").asBoolean()).isFalse();
    assertThat(group.has("SecurityGroupIngress")).isFalse();
    assertThat(group.path("SecurityGroupEgress"))
        .extracting(rule -> rule.path("CidrIp").asText())
        .as("the CDK's way to say nowhere")
        .containsExactly("255.255.255.255/32");
    for (Map.Entry<String, JsonNode> resource : synthesis.resources()) {
      assertThat(WAYS_OUT)
          .as(resource.getKey())
          .doesNotContain(resource.getValue().path("Type").asText());
    }
    for (JsonNode subnet : synthesis.resources("AWS::EC2::Subnet")) {
      assertThat(subnet.path("Properties").path("MapPublicIpOnLaunch").asBoolean()).isFalse();
    }
  }

  @Test
  void noPolicyOfAResourceLetsAnybodyIn() {
    List<JsonNode> statements = new ArrayList<>();
    for (String type :
        List.of("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy")) {
      for (JsonNode policy : Synthesis.standard().resources(type)) {
        policy.at("/Properties/PolicyDocument/Statement").forEach(statements::add);
      }
    }

    JsonNode keyPolicy = properties("AWS::KMS::Key").at("/KeyPolicy/Statement");
    assertThat(keyPolicy.at("/0/Principal/AWS").toString()).contains(":root");
    statements.add(keyPolicy.path(1));

    assertThat(keyPolicy).hasSize(2);
    assertThat(statements).hasSize(4);
    for (JsonNode statement : statements) {
      if (statement.path("Effect").asText().equals("Allow")) {
        assertThat(statement.path("Principal").has("Service")).as(statement.toString()).isTrue();
        assertThat(statement.path("Condition").toString()).contains("aws:SourceAccount");
      }
    }
  }

  @Test
  void nobodyReadsOrWritesTheQueueOfFailuresInTheClear() {
    JsonNode policy = properties("AWS::SQS::QueuePolicy");

    assertThat(policy.at("/Queues/0/Ref").asText()).startsWith("FailedDeliveries");
    JsonNode statement = policy.at("/PolicyDocument/Statement/0");
    assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
    assertThat(statement.path("Principal").toString()).contains("*");
    assertThat(statement.path("Action").asText()).isEqualTo("sqs:*");
    assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asText()).isEqualTo("false");
  }

  @Test
  void onlyTheseApisAndSchedulesMayCallAFunction() {
    List<JsonNode> permissions = Synthesis.standard().resources("AWS::Lambda::Permission");

    assertThat(permissions).hasSizeGreaterThan(5);
    for (JsonNode permission : permissions) {
      JsonNode properties = permission.path("Properties");
      assertThat(properties.path("Principal").asText())
          .isIn("apigateway.amazonaws.com", "events.amazonaws.com");
      assertThat(properties.has("SourceArn")).as(permission.toString()).isTrue();
    }
  }

  @Test
  void nobodyAsksMoreOfAnApiThanIsSaid() {
    List<JsonNode> stages = Synthesis.standard().resources("AWS::ApiGatewayV2::Stage");

    assertThat(stages).hasSize(2);
    for (JsonNode stage : stages) {
      JsonNode settings = stage.path("Properties").path("DefaultRouteSettings");
      assertThat(settings.path("ThrottlingRateLimit").asInt()).isEqualTo(500);
      assertThat(settings.path("ThrottlingBurstLimit").asInt()).isEqualTo(1000);
      assertThat(settings.path("DataTraceEnabled").asBoolean()).as("logs bodies").isFalse();
      assertThat(stage.path("Properties").has("RouteSettings")).isFalse();
    }
  }

  /**
   * A reservation takes from what all others may use, and Lambda refuses one that leaves less than
   * 100: a new account, which has 10, could not be deployed to.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void noFunctionReservesConcurrency(Deployed function) {
    assertThat(function.properties().has("ReservedConcurrentExecutions")).isFalse();
    assertThat(Synthesis.standard().resources("AWS::Lambda::Alias"))
        .noneMatch(alias -> alias.path("Properties").has("ProvisionedConcurrencyConfig"));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theLogOfAFunctionIsJsonInAGroupThatForgets(Deployed function) {
    JsonNode logging = function.properties().path("LoggingConfig");
    JsonNode group =
        Synthesis.standard().api().path("Resources").path(logging.at("/LogGroup/Ref").asText());

    assertThat(logging.path("LogFormat").asText()).isEqualTo("JSON");
    assertThat(group.path("Type").asText()).isEqualTo("AWS::Logs::LogGroup");
    assertThat(group.path("Properties").path("RetentionInDays").asInt()).isEqualTo(30);
  }

  /**
   * The CDK's own, which runs on Node; Lambda makes a group that never forgets for it otherwise.
   */
  @Test
  void theLogOfTheFunctionBehindTheTriggerForgetsToo() {
    List<JsonNode> others =
        Synthesis.standard().resources("AWS::Lambda::Function").stream()
            .map(function -> function.path("Properties"))
            .filter(properties -> !properties.path("Runtime").asText().startsWith("java"))
            .toList();

    assertThat(others)
        .singleElement()
        .satisfies(
            function -> {
              String group = function.at("/LoggingConfig/LogGroup/Ref").asText();
              JsonNode resources = Synthesis.standard().api().path("Resources");
              assertThat(resources.path(group).at("/Properties/RetentionInDays").asInt())
                  .isEqualTo(30);
              assertThat(resources.path("Migrate").path("DependsOn").toString()).contains(group);
            });
  }

  private static JsonNode properties(String type) {
    return Synthesis.standard().resource(type).path("Properties");
  }
}
