package parley.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stack's template as written: nothing is resolved yet, but every section and every attribute
 * of a resource is known.
 */
record StackTemplate(
    String name,
    JsonNode parameters,
    JsonNode mappings,
    JsonNode conditions,
    Map<String, Declaration> resources,
    JsonNode outputs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sections that say nothing about what runs: descriptions, and checks of the deploying tool. */
  private static final Set<String> IGNORED_SECTIONS =
      Set.of("AWSTemplateFormatVersion", "Description", "Metadata", "Rules");

  private static final Set<String> SECTIONS =
      Set.of("Parameters", "Mappings", "Conditions", "Resources", "Outputs");

  private static final Set<String> RESOURCE_ATTRIBUTES =
      Set.of("Type", "Properties", "DependsOn", "Condition");

  /** What CloudFormation does on updates and deletes, which do not happen here. */
  private static final Set<String> IGNORED_RESOURCE_ATTRIBUTES =
      Set.of("Metadata", "DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy");

  /** A resource as the template declares it. */
  record Declaration(
      String stack,
      String logicalId,
      String type,
      JsonNode properties,
      Set<String> dependsOn,
      @Nullable String condition) {
    /** How errors name it. */
    String described() {
      return stack + "." + logicalId + " (" + type + ")";
    }
  }

  static StackTemplate parse(String stack, String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new TemplateException(
          "the template of stack " + stack + " is not JSON: " + e.getOriginalMessage(), e);
    }
    for (Map.Entry<String, JsonNode> section : root.properties()) {
      if (!SECTIONS.contains(section.getKey()) && !IGNORED_SECTIONS.contains(section.getKey())) {
        throw new TemplateException(
            "stack " + stack + " has an unknown section: " + section.getKey());
      }
    }
    Map<String, Declaration> resources = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> resource : root.path("Resources").properties()) {
      resources.put(resource.getKey(), declaration(stack, resource.getKey(), resource.getValue()));
    }
    if (resources.isEmpty()) {
      throw new TemplateException("stack " + stack + " has no resources");
    }
    return new StackTemplate(
        stack,
        root.path("Parameters"),
        root.path("Mappings"),
        root.path("Conditions"),
        resources,
        root.path("Outputs"));
  }

  private static Declaration declaration(String stack, String logicalId, JsonNode node) {
    for (Map.Entry<String, JsonNode> attribute : node.properties()) {
      String name = attribute.getKey();
      if (!RESOURCE_ATTRIBUTES.contains(name) && !IGNORED_RESOURCE_ATTRIBUTES.contains(name)) {
        throw new TemplateException(
            "resource " + stack + "." + logicalId + " has an unknown attribute: " + name);
      }
    }
    if (!node.path("Type").isTextual()) {
      throw new TemplateException("resource " + stack + "." + logicalId + " has no Type");
    }
    Set<String> dependsOn = new LinkedHashSet<>();
    JsonNode names = node.path("DependsOn");
    if (names.isTextual()) {
      dependsOn.add(names.textValue());
    }
    names.forEach(name -> dependsOn.add(name.asText()));
    JsonNode properties = node.path("Properties");
    return new Declaration(
        stack,
        logicalId,
        node.path("Type").textValue(),
        properties instanceof MissingNode ? JSON.createObjectNode() : properties,
        dependsOn,
        node.path("Condition").textValue());
  }
}
