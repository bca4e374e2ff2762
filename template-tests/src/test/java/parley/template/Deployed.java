package parley.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A function of the module functions as the template deploys it.
 *
 * @param name the simple name of its class, and the first part of all its logical ids
 */
record Deployed(Synthesis synthesis, String name, JsonNode properties) {
  /** All of them: whatever runs on Java. The CDK has a function of its own, on Node. */
  static List<Deployed> of(Synthesis synthesis) {
    return synthesis.resources("AWS::Lambda::Function").stream()
        .map(resource -> resource.path("Properties"))
        .filter(properties -> properties.path("Runtime").asText().startsWith("java"))
        .map(properties -> new Deployed(synthesis, simpleName(properties), properties))
        .toList();
  }

  String handler() {
    return properties.path("Handler").asText();
  }

  /** Its variables with a text for each value. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (Map.Entry<String, JsonNode> variable :
        properties.path("Environment").path("Variables").properties()) {
      environment.put(variable.getKey(), Intrinsics.text(variable.getValue()));
    }
    return environment;
  }

  /** The policy statements of its role. */
  List<JsonNode> statements() {
    String role = properties.path("Role").path("Fn::GetAtt").path(0).asText();
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode policy : synthesis.resources("AWS::IAM::Policy")) {
      if (policy.path("Properties").path("Roles").path(0).path("Ref").asText().equals(role)) {
        policy.path("Properties").path("PolicyDocument").path("Statement").forEach(statements::add);
      }
    }
    return statements;
  }

  /** The actions that its role allows. */
  TreeSet<String> actions() {
    TreeSet<String> actions = new TreeSet<>();
    for (JsonNode statement : statements()) {
      JsonNode action = statement.path("Action");
      if (action.isTextual()) {
        actions.add(action.asText());
      }
      action.forEach(each -> actions.add(each.asText()));
    }
    return actions;
  }

  @Override
  public String toString() {
    return name;
  }

  private static String simpleName(JsonNode properties) {
    String handler = properties.path("Handler").asText();
    return handler.substring(handler.lastIndexOf('.') + 1);
  }
}
