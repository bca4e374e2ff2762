package parley.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An IAM identity policy, as far as it is written with Effect, Action and Resource. What it cannot
 * evaluate (NotAction, NotResource, any Condition) it refuses to read, rather than grant too much.
 */
public final class Policy {
  /** How a policy decides. */
  public enum Decision {
    ALLOW,
    EXPLICIT_DENY,
    IMPLICIT_DENY
  }

  private record Statement(boolean allow, List<Pattern> actions, List<Pattern> resources) {
    boolean covers(String action, String resource) {
      return actions.stream().anyMatch(pattern -> pattern.matcher(action).matches())
          && resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
    }
  }

  private static final Set<String> KEYS = Set.of("Sid", "Effect", "Action", "Resource");

  private final List<Statement> statements;

  private Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * Reads the policy documents of one identity.
   *
   * @param where how errors name the identity
   * @throws IllegalArgumentException naming what it cannot evaluate
   */
  public static Policy of(String where, List<JsonNode> documents) {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode document : documents) {
      JsonNode list = document.path("Statement");
      if (list.isObject()) {
        statements.add(statement(where, list));
      }
      if (list.isArray()) {
        list.forEach(statement -> statements.add(statement(where, statement)));
      }
    }
    return new Policy(statements);
  }

  private static Statement statement(String where, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!KEYS.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            where + ": a policy statement uses " + entry.getKey() + ", which is not supported");
      }
    }
    String effect = node.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw new IllegalArgumentException(where + ": a policy statement has the effect " + effect);
    }
    List<Pattern> actions = patterns(node.path("Action"), Pattern.CASE_INSENSITIVE);
    List<Pattern> resources = patterns(node.path("Resource"), 0);
    if (actions.isEmpty() || resources.isEmpty()) {
      throw new IllegalArgumentException(
          where + ": a policy statement lacks an Action or a Resource");
    }
    return new Statement(effect.equals("Allow"), actions, resources);
  }

  private static List<Pattern> patterns(JsonNode node, int flags) {
    List<Pattern> patterns = new ArrayList<>();
    if (node.isTextual()) {
      patterns.add(wildcard(node.textValue(), flags));
    }
    node.forEach(element -> patterns.add(wildcard(element.asText(), flags)));
    return patterns;
  }

  /** A pattern of IAM's: {@code *} is any text, {@code ?} any one character. */
  static Pattern wildcard(String text, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }

  /** Whether an ARN matches an ARN pattern of IAM's. */
  public static boolean matches(String pattern, String arn) {
    return wildcard(pattern, 0).matcher(arn).matches();
  }

  /** Decides as IAM does: an explicit deny wins, and what nothing allows is denied. */
  public Decision decide(String action, String resource) {
    boolean allowed = false;
    for (Statement statement : statements) {
      if (statement.covers(action, resource)) {
        if (!statement.allow()) {
          return Decision.EXPLICIT_DENY;
        }
        allowed = true;
      }
    }
    return allowed ? Decision.ALLOW : Decision.IMPLICIT_DENY;
  }
}
