package parley.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.local.template.StackTemplate.Declaration;

/**
 * The order in which CloudFormation makes resources: each after those that it refers to by Ref,
 * Fn::GetAtt, Fn::Sub, Fn::ImportValue or DependsOn.
 */
final class Order {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^!}.]+)(\\.[^}]+)?}");

  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private final Map<String, StackTemplate> stacks = new LinkedHashMap<>();
  private final Map<String, String> exports;
  private final Set<String> done = new LinkedHashSet<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<Declaration> ordered = new ArrayList<>();

  private Order(Map<String, String> exports) {
    this.exports = exports;
  }

  /**
   * @throws TemplateException naming the cycle, if there is one
   */
  static List<Declaration> of(
      List<StackTemplate> stacks, Resolver resolver, Map<String, String> exports) {
    Order order = new Order(exports);
    for (StackTemplate stack : stacks) {
      order.stacks.put(stack.name(), stack);
      for (Declaration declaration : stack.resources().values()) {
        if (resolver.isWanted(stack, declaration.condition())) {
          order.declarations.put(stack.name() + "." + declaration.logicalId(), declaration);
        }
      }
    }
    order.declarations.keySet().forEach(order::visit);
    return order.ordered;
  }

  private void visit(String key) {
    Declaration declaration = declarations.get(key);
    if (declaration == null || done.contains(key)) {
      return;
    }
    if (path.contains(key)) {
      List<String> cycle = new ArrayList<>(path).reversed();
      throw new TemplateException(
          "these resources need each other: "
              + String.join(" -> ", cycle.subList(cycle.indexOf(key), cycle.size()))
              + " -> "
              + key);
    }
    path.push(key);
    for (String dependency : dependencies(declaration)) {
      visit(dependency);
    }
    path.pop();
    done.add(key);
    ordered.add(declaration);
  }

  private Set<String> dependencies(Declaration declaration) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : declaration.dependsOn()) {
      StackTemplate stack = stacks.get(declaration.stack());
      if (stack != null && !stack.resources().containsKey(name)) {
        throw new TemplateException(
            declaration.described() + " depends on " + name + ", which does not exist");
      }
      names.add(declaration.stack() + "." + name);
    }
    collect(declaration.stack(), declaration.properties(), names);
    return names;
  }

  private void collect(String stack, JsonNode node, Set<String> names) {
    if (node.isArray()) {
      node.forEach(element -> collect(stack, element, names));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "Ref" -> names.add(stack + "." + value.asText());
        case "Fn::GetAtt" -> {
          String name = value.isArray() ? value.path(0).asText() : value.asText();
          names.add(stack + "." + name.replaceFirst("\\..*", ""));
        }
        case "Fn::Sub" -> {
          Matcher matcher =
              PLACEHOLDER.matcher(value.isArray() ? value.path(0).asText() : value.asText());
          while (matcher.find()) {
            names.add(stack + "." + matcher.group(1));
          }
        }
        case "Fn::ImportValue" -> {
          String output = exports.get(value.asText());
          if (output != null) {
            int dot = output.indexOf('.');
            StackTemplate other = stacks.get(output.substring(0, dot));
            if (other != null) {
              collect(other.name(), other.outputs().path(output.substring(dot + 1)), names);
            }
          }
        }
        default -> {}
      }
      collect(stack, value, names);
    }
  }
}
