package parley.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Evaluates the policy that an authorizer returns: a Deny wins, and what is not allowed is not. */
final class IamPolicy {
  private static final String INVOKE = "execute-api:invoke";

  private final List<Statement> statements;

  private record Statement(boolean allows, List<String> actions, List<String> resources) {
    boolean covers(String resource) {
      return actions.stream().anyMatch(action -> matches(action.toLowerCase(Locale.ROOT), INVOKE))
          && resources.stream().anyMatch(pattern -> matches(pattern, resource));
    }
  }

  private IamPolicy(List<Statement> statements) {
    this.statements = statements;
  }

  /**
   * @throws IllegalArgumentException if the document is none that API Gateway accepts
   */
  static IamPolicy parse(JsonNode document) {
    JsonNode statement = document.path("Statement");
    List<Statement> statements = new ArrayList<>();
    for (JsonNode one : statement.isObject() ? List.of(statement) : statement) {
      String effect = one.path("Effect").asText();
      if (!effect.equals("Allow") && !effect.equals("Deny")) {
        throw new IllegalArgumentException("Effect must be Allow or Deny");
      }
      if (one.has("Condition")) {
        throw new IllegalArgumentException("conditions are not supported here");
      }
      statements.add(
          new Statement(
              effect.equals("Allow"), texts(one.path("Action")), texts(one.path("Resource"))));
    }
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("no Statement");
    }
    return new IamPolicy(statements);
  }

  boolean allowsInvoking(String arn) {
    return statements.stream().anyMatch(statement -> statement.allows() && statement.covers(arn))
        && statements.stream().noneMatch(statement -> !statement.allows() && statement.covers(arn));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    } else {
      node.forEach(one -> texts.add(one.asText()));
    }
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a statement needs an Action and a Resource");
    }
    return texts;
  }

  /** Matches IAM's wildcards: an asterisk is any text, a question mark any character. */
  private static boolean matches(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      switch (pattern.charAt(i)) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(pattern.substring(i, i + 1)));
      }
    }
    return Pattern.matches(regex.toString(), text);
  }
}
