package parley.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the route of a message: the value that the expression finds in the body, if a route has
 * that key; else {@code $default}, if there is one.
 */
final class RouteSelection {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$(?:request\\.body\\.([\\w.]+)|\\{request\\.body\\.([\\w.]+)})");
  private static final String DEFAULT = "$default";

  private final List<String> path;
  private final Set<String> routeKeys;

  /**
   * @throws IllegalArgumentException if the expression is not {@code $request.body.a.b} or {@code
   *     ${request.body.a.b}}
   */
  RouteSelection(String expression, Set<String> routeKeys) {
    Matcher matcher = EXPRESSION.matcher(expression);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("unsupported route selection expression: " + expression);
    }
    String found = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    this.path = List.of(found.split("\\."));
    this.routeKeys = routeKeys;
  }

  /** Empty if the message has no route. */
  Optional<String> select(String body) {
    return selected(body)
        .filter(key -> routeKeys.contains(key) && !key.startsWith("$"))
        .or(() -> Optional.of(DEFAULT).filter(routeKeys::contains));
  }

  private Optional<String> selected(String body) {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      for (String name : path) {
        node = node.path(name);
      }
      return node.isValueNode() ? Optional.of(node.asText()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
