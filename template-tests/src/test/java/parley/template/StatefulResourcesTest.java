package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * CloudFormation makes a new, empty resource of one whose logical id, or fixed property, changes.
 */
class StatefulResourcesTest {
  private static final Set<String> HOLDING_DATA =
      Set.of(
          "AWS::DynamoDB::GlobalTable",
          "AWS::DynamoDB::Table",
          "AWS::RDS::DBCluster",
          "AWS::RDS::DBInstance",
          "AWS::S3::Bucket",
          "AWS::SQS::Queue",
          "AWS::SecretsManager::Secret");

  @Test
  void whatHoldsDataKeepsItsLogicalId() {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, JsonNode> resource : Synthesis.standard().resources()) {
      String type = resource.getValue().path("Type").asText();
      if (HOLDING_DATA.contains(type)) {
        found.put(resource.getKey(), type);
      }
    }

    assertThat(found)
        .as("a renamed one would be replaced: keep its id, by overrideLogicalId if it has to move")
        .isEqualTo(
            Map.of(
                "Connections827CEF2F", "AWS::DynamoDB::GlobalTable",
                "DatabaseB269D8BB", "AWS::RDS::DBCluster",
                "DatabaseSecret86DBB7B3", "AWS::SecretsManager::Secret",
                "DatabaseWriter7794273E", "AWS::RDS::DBInstance",
                "FailedDeliveriesE3540845", "AWS::SQS::Queue",
                "JwtSecretB8834B39", "AWS::SecretsManager::Secret",
                "ServingSecret0F052444", "AWS::SecretsManager::Secret"));
  }

  @Test
  void whatHoldsDataIsInTheStackOfTheDataButForTheQueueOfFailures() {
    for (Map.Entry<String, JsonNode> resource :
        Synthesis.standard().api().path("Resources").properties()) {
      String type = resource.getValue().path("Type").asText();
      assertThat(HOLDING_DATA.contains(type) && !type.equals("AWS::SQS::Queue"))
          .as(resource.getKey())
          .isFalse();
    }
  }

  /**
   * CloudFormation's documentation says "Update requires: Replacement" of these; the standing
   * values may not change.
   */
  @Test
  void thePropertiesWhoseChangeReplacesTheDataStayAsTheyAre() {
    JsonNode cluster = properties("AWS::RDS::DBCluster");
    assertThat(cluster.path("DatabaseName").asText()).isEqualTo("parley");
    assertThat(cluster.path("Engine").asText()).isEqualTo("aurora-postgresql");
    assertThat(cluster.path("StorageEncrypted").asBoolean()).isTrue();
    assertThat(cluster.path("DBSubnetGroupName").path("Ref").asText())
        .isEqualTo("DatabaseSubnets56F17B9A");
    assertThat(List.of("DBClusterIdentifier", "KmsKeyId", "SnapshotIdentifier"))
        .noneMatch(cluster::has);

    JsonNode table = properties("AWS::DynamoDB::GlobalTable");
    assertThat(table.path("KeySchema").toString())
        .isEqualTo(
            """
            [{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]""");
    assertThat(List.of("TableName", "LocalSecondaryIndexes")).noneMatch(table::has);
  }

  private static JsonNode properties(String type) {
    return Synthesis.standard().resource(type).path("Properties");
  }
}
