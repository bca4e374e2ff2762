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

  /**
   * One action that is allowed on one resource, the smallest part of a policy.
   *
   * @param action with wildcards if the policy has them
   * @param resource an ARN, with wildcards if the policy has them
   */
  public record Grant(String action, String resource) {
    /** Whether it allows this. */
    public boolean covers(String action, String resource) {
      return wildcard(this.action, Pattern.CASE_INSENSITIVE).matcher(action).matches()
          && wildcard(this.resource, 0).matcher(resource).matches();
    }
  }

  private record Statement(boolean allow, Grant grant, Pattern action, Pattern resource) {
    Statement(boolean allow, Grant grant) {
      this(
          allow,
          grant,
          wildcard(grant.action(), Pattern.CASE_INSENSITIVE),
          wildcard(grant.resource(), 0));
    }

    boolean covers(String asked, String arn) {
      return action.matcher(asked).matches() && resource.matcher(arn).matches();
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
        statements.addAll(statements(where, list));
      }
      if (list.isArray()) {
        list.forEach(statement -> statements.addAll(statements(where, statement)));
      }
    }
    return new Policy(statements);
  }

  /** A statement is as much as one for each of its actions on each of its resources. */
  private static List<Statement> statements(String where, JsonNode node) {
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
    List<String> actions = texts(node.path("Action"));
    List<String> resources = texts(node.path("Resource"));
    if (actions.isEmpty() || resources.isEmpty()) {
      throw new IllegalArgumentException(
          where + ": a policy statement lacks an Action or a Resource");
    }
    return actions.stream()
        .flatMap(action -> resources.stream().map(resource -> new Grant(action, resource)))
        .map(grant -> new Statement(effect.equals("Allow"), grant))
        .toList();
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** Everything that is allowed, as far as nothing else denies it. */
  public List<Grant> grants() {
    return statements.stream().filter(Statement::allow).map(Statement::grant).toList();
  }

  /** The same policy, but for this grant. */
  public Policy without(Grant grant) {
    return new Policy(
        statements.stream()
            .filter(statement -> !statement.allow() || !statement.grant().equals(grant))
            .toList());
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
