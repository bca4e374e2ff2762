package parley.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import parley.local.template.ResourceType.Identity;
import parley.local.template.StackTemplate.Declaration;

/** Resolves what the stacks' expressions refer to, across the stacks. */
final class Resolver {
  private final Map<String, StackTemplate> stacks = new HashMap<>();
  private final Map<String, String> exports;
  private final Map<String, Identity> identities = new HashMap<>();
  private final Set<String> inProgress = new LinkedHashSet<>();

  Resolver(List<StackTemplate> stacks, Map<String, String> exports) {
    stacks.forEach(stack -> this.stacks.put(stack.name(), stack));
    this.exports = exports;
  }

  /** Whether something is part of the deployment, given the name of its condition. */
  boolean isWanted(StackTemplate stack, @Nullable String condition) {
    return condition == null || new StackScope(stack, stack.name()).condition(condition);
  }

  /** A resource with all that it holds resolved. */
  Resource resource(Declaration declaration) {
    ResourceType type = ResourceTypes.of(declaration);
    type.check(declaration);
    JsonNode properties = resolve(declaration, declaration.properties());
    Identity identity = identity(declaration);
    return new Resource(
        declaration.stack(),
        declaration.logicalId(),
        declaration.type(),
        properties,
        identity.ref(),
        identity.attributes());
  }

  String output(StackTemplate stack, String name) {
    String where = "output " + stack.name() + "." + name;
    JsonNode output = stack.outputs().path(name);
    return guarded(where, () -> intrinsics(stack, where).resolve(output.path("Value")).asText());
  }

  private JsonNode resolve(Declaration declaration, JsonNode node) {
    StackTemplate stack = stack(declaration.stack());
    return intrinsics(stack, declaration.described()).resolve(node);
  }

  private Identity identity(Declaration declaration) {
    String key = declaration.stack() + "." + declaration.logicalId();
    Identity known = identities.get(key);
    if (known != null) {
      return known;
    }
    Identity identity =
        guarded(
            key,
            () ->
                ResourceTypes.of(declaration).identity().apply(new DeclarationLookup(declaration)));
    identities.put(key, identity);
    return identity;
  }

  /** Computes something, and names the cycle if that needs itself. */
  private <T> T guarded(String key, java.util.function.Supplier<T> computation) {
    if (!inProgress.add(key)) {
      throw new TemplateException(
          "these need each other: " + String.join(" -> ", inProgress) + " -> " + key);
    }
    try {
      return computation.get();
    } finally {
      inProgress.remove(key);
    }
  }

  private Intrinsics intrinsics(StackTemplate stack, String where) {
    return new Intrinsics(new StackScope(stack, where), where);
  }

  private StackTemplate stack(String name) {
    StackTemplate stack = stacks.get(name);
    if (stack == null) {
      throw new TemplateException("there is no stack " + name);
    }
    return stack;
  }

  private final class DeclarationLookup implements ResourceType.Lookup {
    private final Declaration declaration;

    DeclarationLookup(Declaration declaration) {
      this.declaration = declaration;
    }

    @Override
    public Declaration declaration() {
      return declaration;
    }

    @Override
    public String text(String property, String ifMissing) {
      JsonNode node = declaration.properties().path(property);
      JsonNode value = node.isMissingNode() ? node : resolve(declaration, node);
      return value.isMissingNode() ? ifMissing : value.asText();
    }
  }

  private final class StackScope implements Intrinsics.Scope {
    private final StackTemplate stack;
    private final String where;

    StackScope(StackTemplate stack, String where) {
      this.stack = stack;
      this.where = where;
    }

    @Override
    public @Nullable JsonNode ref(String name) {
      if (name.startsWith("AWS::")) {
        return TextNode.valueOf(pseudoParameter(name));
      }
      if (stack.parameters().has(name)) {
        JsonNode value = stack.parameters().path(name).path("Default");
        if (value.isMissingNode()) {
          throw new TemplateException(
              "parameter " + stack.name() + "." + name + " has no default value");
        }
        return value;
      }
      Declaration declaration = stack.resources().get(name);
      return declaration == null ? null : TextNode.valueOf(identity(wanted(declaration)).ref());
    }

    @Override
    public String attribute(String logicalId, String attribute) {
      Declaration declaration = stack.resources().get(logicalId);
      if (declaration == null) {
        throw new TemplateException(
            where + ": Fn::GetAtt of " + logicalId + ", which is no resource of the stack");
      }
      if (MeaninglessTypes.REASONS.containsKey(declaration.type())) {
        return stack.name() + "-" + logicalId + "-" + attribute;
      }
      String value = identity(wanted(declaration)).attributes().get(attribute);
      if (value == null) {
        throw new TemplateException(
            "%s: this runtime knows no attribute %s of %s"
                .formatted(where, attribute, declaration.described()));
      }
      return value;
    }

    private Declaration wanted(Declaration declaration) {
      if (!isWanted(stack, declaration.condition())) {
        throw new TemplateException(
            "%s refers to %s, whose condition %s is false"
                .formatted(where, declaration.described(), declaration.condition()));
      }
      return declaration;
    }

    @Override
    public String importValue(String export) {
      String output = exports.get(export);
      if (output == null) {
        throw new TemplateException(where + " imports " + export + ", which no stack exports");
      }
      int dot = output.indexOf('.');
      return Resolver.this.output(
          Resolver.this.stack(output.substring(0, dot)), output.substring(dot + 1));
    }

    @Override
    public boolean condition(String name) {
      JsonNode expression = stack.conditions().path(name);
      if (expression.isMissingNode()) {
        throw new TemplateException(where + " names an unknown condition: " + name);
      }
      String place = "condition " + stack.name() + "." + name;
      return guarded(place, () -> intrinsics(stack, place).bool(expression));
    }

    @Override
    public JsonNode mapped(String map, String first, String second) {
      return stack.mappings().path(map).path(first).path(second);
    }

    private String pseudoParameter(String name) {
      return switch (name) {
        case "AWS::AccountId" -> Account.ID;
        case "AWS::Partition" -> Account.PARTITION;
        case "AWS::Region" -> Account.REGION;
        case "AWS::StackName" -> stack.name();
        case "AWS::StackId" ->
            Account.arn("cloudformation", "stack/" + stack.name() + "/" + Ids.of(stack.name(), 10));
        case "AWS::URLSuffix" -> Account.URL_SUFFIX;
        default -> throw new TemplateException(where + ": unknown pseudo parameter " + name);
      };
    }
  }
}
