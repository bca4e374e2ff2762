package parley.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A resource of the deployed system, with every intrinsic function in it resolved.
 *
 * @param type {@code AWS::Lambda::Function}, for one
 * @param ref what {@code Ref} gives: a name, an id or an ARN, by type
 * @param attributes what {@code Fn::GetAtt} gives
 */
public record Resource(
    String stack,
    String logicalId,
    String type,
    JsonNode properties,
    String ref,
    Map<String, String> attributes) {

  /**
   * A property, which may be missing.
   *
   * @param path names of nested properties, separated by dots
   */
  public JsonNode property(String path) {
    JsonNode node = properties;
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    return node;
  }

  public Optional<String> text(String path) {
    JsonNode node = property(path);
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
  }

  /**
   * The text of a property without which the resource makes no sense.
   *
   * @throws TemplateException naming the resource and the property, if it is missing
   */
  public String requireText(String path) {
    return text(path)
        .orElseThrow(() -> new TemplateException(described() + " has no property " + path));
  }

  public int number(String path, int ifMissing) {
    JsonNode node = property(path);
    return node.isMissingNode() ? ifMissing : node.asInt(ifMissing);
  }

  /**
   * What {@code Fn::GetAtt} gives.
   *
   * @throws TemplateException if the type has no such attribute
   */
  public String attribute(String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new TemplateException(described() + " has no attribute " + name);
    }
    return value;
  }

  /** How errors name it. */
  public String described() {
    return stack + "." + logicalId + " (" + type + ")";
  }
}
