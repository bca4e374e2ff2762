package parley.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.infra.ApprovedTemplates;

/**
 * The templates of one synthesis.
 *
 * @param directory the cloud assembly
 * @param templates the normalised templates by file name
 */
record Synthesis(Path directory, Map<String, String> templates) {
  /** The module with the CDK app; Maven runs the tests in their module's directory. */
  static final Path INFRA = Path.of("..", "infra-cdk");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What must be set for a stage that is to stay. */
  static final Map<String, String> NEEDED = Map.of("corsOrigins", "https://chat.example.com");

  /** The templates of {@link #NEEDED}, made once for all tests of this JVM. */
  static Synthesis standard() {
    return Standard.SYNTHESIS;
  }

  /** The templates of a context, which has {@link #NEEDED} unless it says otherwise. */
  static Synthesis with(Map<String, ?> context) {
    Map<String, Object> complete = new HashMap<>(NEEDED);
    complete.putAll(context);
    return of(complete);
  }

  /** The templates of a context as it is. */
  static Synthesis of(Map<String, ?> context) {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "synthesis").toAbsolutePath();
      Path jar = Files.createFile(directory.resolve("functions.jar"));
      Path output = Files.createDirectory(directory.resolve("cdk.out"));
      return new Synthesis(output, ApprovedTemplates.synthesize(INFRA, context, jar, output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stack that all stages of an account share. */
  JsonNode account() {
    return template("ParleyAccount.template.json");
  }

  JsonNode data() {
    return template("ParleyData.template.json");
  }

  JsonNode api() {
    return template("ParleyApi.template.json");
  }

  /** The resources of all templates by logical id. */
  List<Map.Entry<String, JsonNode>> resources() {
    List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
    templates.keySet().forEach(file -> all.addAll(template(file).path("Resources").properties()));
    return all;
  }

  /** The artifacts that are deployed before a stack, other stacks among them. */
  List<String> dependenciesOf(String stack) {
    try {
      return JSON.readTree(Files.readString(directory.resolve("manifest.json")))
          .path("artifacts")
          .path(stack)
          .path("dependencies")
          .valueStream()
          .map(JsonNode::asText)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<JsonNode> resources(String type) {
    return resources().stream()
        .map(Map.Entry::getValue)
        .filter(resource -> resource.path("Type").asText().equals(type))
        .toList();
  }

  /** The one resource of a type. */
  JsonNode resource(String type) {
    List<JsonNode> found = resources(type);
    if (found.size() != 1) {
      throw new AssertionError("%d resources are of type %s".formatted(found.size(), type));
    }
    return found.getFirst();
  }

  private JsonNode template(String file) {
    String template = templates.get(file);
    if (template == null) {
      throw new AssertionError("there is no " + file);
    }
    try {
      return JSON.readTree(template);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Standard {
    static final Synthesis SYNTHESIS = with(Map.of());
  }
}
