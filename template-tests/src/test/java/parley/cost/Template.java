package parley.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import parley.infra.ApprovedTemplates;

/** The approved templates: what a deployment consists of. */
final class Template {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path APPROVED = Path.of("..", "infra-cdk", "approved");

  private final List<JsonNode> templates =
      ApprovedTemplates.FILES.stream().map(Template::read).toList();

  /** How many resources of a type there are. */
  long count(String type) {
    return templates.stream()
        .flatMap(template -> template.path("Resources").valueStream())
        .filter(resource -> resource.path("Type").asText().equals(type))
        .count();
  }

  private static JsonNode read(String file) {
    try {
      return JSON.readTree(APPROVED.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
