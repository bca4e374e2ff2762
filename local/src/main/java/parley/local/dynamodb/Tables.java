package parley.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parley.local.BootException;
import parley.local.aws.AwsResponse;
import parley.local.template.Deployment;
import parley.local.template.Resource;

/** Makes the tables of the template, or checks that those kept are still like it. */
public final class Tables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbServer server;

  public Tables(DynamoDbServer server) {
    this.server = server;
  }

  /**
   * Makes the tables that are missing.
   *
   * @throws BootException naming the table, if one has other keys than the template says
   */
  public void create(Deployment deployment) {
    for (Resource table : deployment.ofType("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table")) {
      ObjectNode name = JSON.createObjectNode().put("TableName", table.ref());
      AwsResponse existing = call("DescribeTable", name);
      if (existing.status() == 200) {
        check(table, json(existing).path("Table"));
      } else {
        expectSuccess(table, call("CreateTable", request(table)));
      }
      enableTimeToLive(table);
    }
  }

  private static ObjectNode request(Resource table) {
    ObjectNode request = JSON.createObjectNode();
    request.put("TableName", table.ref());
    request.put("BillingMode", "PAY_PER_REQUEST");
    for (String copied :
        List.of(
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes")) {
      JsonNode value = table.property(copied);
      if (!value.isMissingNode() && !value.isEmpty()) {
        request.set(copied, value.deepCopy());
      }
    }
    // Capacity is not limited on one machine, and CreateTable does not know these names.
    request
        .path("GlobalSecondaryIndexes")
        .forEach(
            index -> {
              if (index instanceof ObjectNode node) {
                node.remove(
                    List.of(
                        "ProvisionedThroughput",
                        "WriteProvisionedThroughputSettings",
                        "WriteOnDemandThroughputSettings"));
              }
            });
    return request;
  }

  private static void check(Resource table, JsonNode existing) {
    boolean same =
        existing.path("KeySchema").equals(table.property("KeySchema"))
            && existing.path("GlobalSecondaryIndexes").size()
                == table.property("GlobalSecondaryIndexes").size()
            && existing.path("LocalSecondaryIndexes").size()
                == table.property("LocalSecondaryIndexes").size();
    if (!same) {
      throw new BootException(
          table.described()
              + ": the table kept from an earlier run has other keys than the template says;"
              + " -Dparley.fresh starts anew");
    }
  }

  private void enableTimeToLive(Resource table) {
    if (!table.property("TimeToLiveSpecification.Enabled").asBoolean()) {
      return;
    }
    ObjectNode name = JSON.createObjectNode().put("TableName", table.ref());
    JsonNode state = json(call("DescribeTimeToLive", name)).path("TimeToLiveDescription");
    if (state.path("TimeToLiveStatus").asText().equals("ENABLED")) {
      return;
    }
    ObjectNode request = name.deepCopy();
    request
        .putObject("TimeToLiveSpecification")
        .put("Enabled", true)
        .put("AttributeName", table.requireText("TimeToLiveSpecification.AttributeName"));
    expectSuccess(table, call("UpdateTimeToLive", request));
  }

  private AwsResponse call(String operation, ObjectNode request) {
    return server.send(
        "DynamoDB_20120810." + operation, request.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void expectSuccess(Resource table, AwsResponse response) {
    if (response.status() != 200) {
      throw new IllegalStateException(
          table.described() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  private static JsonNode json(AwsResponse response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("DynamoDB Local answers no JSON", e);
    }
  }
}
