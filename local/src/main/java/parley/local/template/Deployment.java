package parley.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The system that the templates describe: all stacks' resources, resolved, each after those that it
 * refers to.
 */
public final class Deployment {
  /** The stacks of the CDK app. */
  private static final List<String> STACKS = List.of("ParleyData", "ParleyApi");

  private final List<Resource> resources;
  private final Map<String, Map<String, String>> outputs;

  private Deployment(List<Resource> resources, Map<String, Map<String, String>> outputs) {
    this.resources = List.copyOf(resources);
    this.outputs = Map.copyOf(outputs);
  }

  /**
   * Reads the approved templates.
   *
   * @param folder where they are; null for those that this module was built with
   * @throws TemplateException naming what is wrong, or what the runtime does not know
   */
  public static Deployment read(@Nullable Path folder) {
    Map<String, String> templates = new LinkedHashMap<>();
    try {
      for (String stack : STACKS) {
        String file = stack + ".template.json";
        if (folder != null) {
          if (!Files.exists(folder.resolve(file))) {
            throw new TemplateException("there is no template " + folder.resolve(file));
          }
          templates.put(stack, Files.readString(folder.resolve(file)));
          continue;
        }
        try (InputStream in = Deployment.class.getResourceAsStream("/template/" + file)) {
          if (in == null) {
            throw new TemplateException("this build holds no template " + file);
          }
          templates.put(stack, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the templates", e);
    }
    return of(templates);
  }

  /**
   * Resolves templates that belong together.
   *
   * @param templates JSON by the stack's name
   * @throws TemplateException naming what is wrong, or what the runtime does not know
   */
  public static Deployment of(Map<String, String> templates) {
    List<StackTemplate> stacks = new ArrayList<>();
    templates.forEach((stack, json) -> stacks.add(StackTemplate.parse(stack, json)));
    Map<String, String> exports = exports(stacks);
    Resolver resolver = new Resolver(stacks, exports);
    Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
    for (StackTemplate stack : stacks) {
      Map<String, String> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> output : stack.outputs().properties()) {
        if (resolver.isWanted(stack, output.getValue().path("Condition").textValue())) {
          values.put(output.getKey(), resolver.output(stack, output.getKey()));
        }
      }
      outputs.put(stack.name(), values);
    }
    List<Resource> resources = new ArrayList<>();
    for (StackTemplate.Declaration declaration : Order.of(stacks, resolver, exports)) {
      resources.add(resolver.resource(declaration));
    }
    return new Deployment(resources, outputs);
  }

  /** Names of exports to {@code stack.output}. */
  private static Map<String, String> exports(List<StackTemplate> stacks) {
    Map<String, String> exports = new LinkedHashMap<>();
    for (StackTemplate stack : stacks) {
      for (Map.Entry<String, JsonNode> output : stack.outputs().properties()) {
        JsonNode name = output.getValue().path("Export").path("Name");
        if (name.isMissingNode()) {
          continue;
        }
        if (!name.isTextual()) {
          throw new TemplateException(
              "output " + stack.name() + "." + output.getKey() + " has a computed export name");
        }
        exports.put(name.textValue(), stack.name() + "." + output.getKey());
      }
    }
    return exports;
  }

  /** All resources, each after those that it refers to or depends on. */
  public List<Resource> resources() {
    return resources;
  }

  /** The resources of some types, in the order of {@link #resources()}. */
  public List<Resource> ofType(String... types) {
    List<String> wanted = List.of(types);
    return resources.stream().filter(resource -> wanted.contains(resource.type())).toList();
  }

  /** The resource of a type whose {@code Ref} or one of whose attributes is {@code value}. */
  public Optional<Resource> find(String type, String value) {
    return resources.stream()
        .filter(resource -> resource.type().equals(type))
        .filter(
            resource ->
                Stream.concat(Stream.of(resource.ref()), resource.attributes().values().stream())
                    .anyMatch(value::equals))
        .findFirst();
  }

  /** A stack's outputs, by name. */
  public Map<String, String> outputs(String stack) {
    return outputs.getOrDefault(stack, Map.of());
  }
}
