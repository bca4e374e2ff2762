package parley.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import parley.local.template.Account;

/** Which IAM actions on which tables a request needs. */
final class TableActions {
  /** An action on a resource. */
  record Need(String action, String resourceArn) {}

  private TableActions() {}

  static Set<Need> of(String operation, JsonNode request) {
    Set<Need> needs = new LinkedHashSet<>();
    String action = "dynamodb:" + operation;
    switch (operation) {
      case "BatchGetItem", "BatchWriteItem" -> {
        for (Map.Entry<String, JsonNode> table : request.path("RequestItems").properties()) {
          needs.add(new Need(action, arn(table.getKey())));
        }
      }
      // A transaction needs what its parts need (DynamoDB's guide, "IAM and transactions").
      case "TransactGetItems", "TransactWriteItems" -> {
        for (JsonNode item : request.path("TransactItems")) {
          for (Map.Entry<String, JsonNode> part : item.properties()) {
            String name =
                switch (part.getKey()) {
                  case "ConditionCheck" -> "ConditionCheckItem";
                  default -> part.getKey() + "Item";
                };
            needs.add(
                new Need("dynamodb:" + name, arn(part.getValue().path("TableName").asText())));
          }
        }
      }
      case "Query", "Scan" -> {
        String table = arn(request.path("TableName").asText());
        JsonNode index = request.path("IndexName");
        needs.add(
            new Need(action, index.isTextual() ? table + "/index/" + index.textValue() : table));
      }
      default -> {
        JsonNode table = request.path("TableName");
        JsonNode resource = request.path("ResourceArn");
        if (table.isTextual()) {
          needs.add(new Need(action, arn(table.textValue())));
        } else {
          needs.add(new Need(action, resource.isTextual() ? resource.textValue() : "*"));
        }
      }
    }
    return needs;
  }

  private static String arn(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : Account.arn("dynamodb", "table/" + nameOrArn);
  }
}
