package parley.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates CloudFormation's intrinsic functions in one stack. */
final class Intrinsics {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What a stack's expressions refer to. */
  interface Scope {
    /**
     * What {@code Ref} gives for a parameter, a pseudo parameter or a resource; null if unknown.
     */
    @Nullable JsonNode ref(String name);

    /** What {@code Fn::GetAtt} gives; the runtime's exception if there is no such thing. */
    String attribute(String logicalId, String attribute);

    /** Another stack's export. */
    String importValue(String export);

    /** A condition's value. */
    boolean condition(String name);

    /** A value of a mapping; missing, if there is none. */
    JsonNode mapped(String map, String first, String second);
  }

  private final Scope scope;
  private final String where;

  /**
   * @param where how errors name what is being evaluated
   */
  Intrinsics(Scope scope, String where) {
    this.scope = scope;
    this.where = where;
  }

  /** The value of an expression; missing for {@code AWS::NoValue}. */
  JsonNode resolve(JsonNode node) {
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = resolve(element);
        if (!value.isMissingNode()) {
          array.add(value);
        }
      }
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1) {
      Map.Entry<String, JsonNode> only = node.properties().iterator().next();
      if (isIntrinsic(only.getKey())) {
        return evaluate(only.getKey(), only.getValue());
      }
    }
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getKey().startsWith("Fn::")) {
        throw error(field.getKey() + " stands beside other keys");
      }
      JsonNode value = resolve(field.getValue());
      if (!value.isMissingNode()) {
        object.set(field.getKey(), value);
      }
    }
    return object;
  }

  /** Whether a key makes the object that holds nothing else an intrinsic function. */
  static boolean isIntrinsic(String key) {
    return key.equals("Ref") || key.startsWith("Fn::") || key.equals("Condition");
  }

  private JsonNode evaluate(String function, JsonNode argument) {
    return switch (function) {
      case "Ref" -> ref(argument.asText());
      case "Condition" ->
          // IAM statements have a Condition too, whose value is an object.
          argument.isTextual()
              ? BooleanNode.valueOf(scope.condition(argument.textValue()))
              : NODES.objectNode().set("Condition", resolve(argument));
      case "Fn::GetAtt" -> getAtt(argument);
      case "Fn::Join" -> TextNode.valueOf(join(argument));
      case "Fn::Sub" -> TextNode.valueOf(substitute(argument));
      case "Fn::Select" -> select(argument);
      case "Fn::Split" -> split(argument);
      case "Fn::GetAZs" ->
          NODES
              .arrayNode()
              .add(Account.REGION + "a")
              .add(Account.REGION + "b")
              .add(Account.REGION + "c");
      case "Fn::ImportValue" -> TextNode.valueOf(scope.importValue(text(resolve(argument))));
      case "Fn::FindInMap" -> findInMap(argument);
      case "Fn::If" -> {
        arguments(function, argument, 3);
        yield resolve(argument.get(scope.condition(argument.get(0).asText()) ? 1 : 2));
      }
      case "Fn::Equals" -> {
        arguments(function, argument, 2);
        yield BooleanNode.valueOf(
            text(resolve(argument.get(0))).equals(text(resolve(argument.get(1)))));
      }
      case "Fn::Not" -> {
        arguments(function, argument, 1);
        yield BooleanNode.valueOf(!bool(argument.get(0)));
      }
      case "Fn::And" -> BooleanNode.valueOf(elements(argument).stream().allMatch(this::bool));
      case "Fn::Or" -> BooleanNode.valueOf(elements(argument).stream().anyMatch(this::bool));
      default -> throw error("unknown intrinsic function " + function);
    };
  }

  /** A condition's expression. */
  boolean bool(JsonNode expression) {
    JsonNode value = resolve(expression);
    if (!value.isBoolean()) {
      throw error("a condition is not true or false: " + expression);
    }
    return value.booleanValue();
  }

  private JsonNode ref(String name) {
    if (name.equals("AWS::NoValue")) {
      return MissingNode.getInstance();
    }
    JsonNode value = scope.ref(name);
    if (value == null) {
      throw error("Ref to " + name + ", which is neither a parameter nor a resource of the stack");
    }
    return value;
  }

  private JsonNode getAtt(JsonNode argument) {
    if (argument.isTextual()) {
      int dot = argument.textValue().indexOf('.');
      if (dot < 0) {
        throw error("Fn::GetAtt without an attribute: " + argument);
      }
      return TextNode.valueOf(
          scope.attribute(
              argument.textValue().substring(0, dot), argument.textValue().substring(dot + 1)));
    }
    arguments("Fn::GetAtt", argument, 2);
    return TextNode.valueOf(
        scope.attribute(argument.get(0).asText(), text(resolve(argument.get(1)))));
  }

  private String join(JsonNode argument) {
    arguments("Fn::Join", argument, 2);
    List<String> parts = new ArrayList<>();
    for (JsonNode part : elements(resolve(argument.get(1)))) {
      parts.add(text(part));
    }
    return String.join(argument.get(0).asText(), parts);
  }

  private String substitute(JsonNode argument) {
    JsonNode variables = argument.isArray() ? argument.path(1) : MissingNode.getInstance();
    String template = argument.isArray() ? argument.path(0).asText() : argument.asText();
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      String value;
      if (!matcher.group(1).isEmpty()) {
        value = "${" + matcher.group(2) + "}";
      } else if (variables.has(name)) {
        value = text(resolve(variables.get(name)));
      } else if (name.indexOf('.') > 0) {
        value =
            scope.attribute(
                name.substring(0, name.indexOf('.')), name.substring(name.indexOf('.') + 1));
      } else {
        value = text(ref(name));
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(result).toString();
  }

  private JsonNode select(JsonNode argument) {
    arguments("Fn::Select", argument, 2);
    int index = resolve(argument.get(0)).asInt(-1);
    JsonNode list = resolve(argument.get(1));
    if (!list.isArray() || index < 0 || index >= list.size()) {
      throw error("Fn::Select of element " + argument.get(0) + " of " + list);
    }
    return list.get(index);
  }

  private JsonNode split(JsonNode argument) {
    arguments("Fn::Split", argument, 2);
    ArrayNode parts = NODES.arrayNode();
    String delimiter = Pattern.quote(argument.get(0).asText());
    for (String part : text(resolve(argument.get(1))).split(delimiter, -1)) {
      parts.add(part);
    }
    return parts;
  }

  private JsonNode findInMap(JsonNode argument) {
    arguments("Fn::FindInMap", argument, 3);
    List<String> keys = elements(argument).stream().map(key -> text(resolve(key))).toList();
    JsonNode value = scope.mapped(keys.get(0), keys.get(1), keys.get(2));
    if (value.isMissingNode()) {
      throw error("no mapping " + String.join(".", keys));
    }
    return value;
  }

  private List<JsonNode> elements(JsonNode node) {
    if (!node.isArray()) {
      throw error("expected a list: " + node);
    }
    List<JsonNode> elements = new ArrayList<>();
    node.forEach(elements::add);
    return elements;
  }

  private void arguments(String function, JsonNode argument, int count) {
    if (!argument.isArray() || argument.size() != count) {
      throw error(function + " wants " + count + " arguments: " + argument);
    }
  }

  private String text(JsonNode node) {
    if (!node.isValueNode() || node.isNull()) {
      throw error("expected a text: " + node);
    }
    return node.asText();
  }

  private TemplateException error(String problem) {
    return new TemplateException(where + ": " + problem);
  }
}
