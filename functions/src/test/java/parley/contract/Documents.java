package parley.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** YAML documents with JSON schemas (2020-12) in them, which may refer to each other. */
final class Documents {
  /** Nothing is fetched from it; references need some base to be relative to. */
  private static final String BASE = "https://parley.invalid/";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, JsonNode> documents = new HashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry;

  Documents(String... names) {
    Path folder = folder();
    for (String name : names) {
      try {
        documents.put(name, YAML.readTree(Files.readString(folder.resolve(name))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Map<String, String> texts =
        documents.entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> BASE + entry.getKey(), entry -> entry.getValue().toString()));
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(texts)
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().losslessNarrowing(true).build()));
  }

  /** A text as JSON, or why it is none. */
  record Parsed(JsonNode value, List<String> violations) {}

  JsonNode read(String document) {
    return Objects.requireNonNull(documents.get(document), document);
  }

  /** A schema and the document in which it stands, to which its own references are relative. */
  record Place(String document, JsonNode schema) {}

  /** What a schema refers to by $ref, in the same document or another one; else itself. */
  Place resolve(String document, JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    if (reference.isEmpty()) {
      return new Place(document, schema);
    }
    String[] parts = reference.split("#", 2);
    String other = parts[0].isEmpty() ? document : parts[0].replaceFirst("^\\./", "");
    return resolve(other, read(other).at(parts[1]));
  }

  Parsed parse(String text) {
    try {
      JsonNode value = JSON.readTree(text);
      return value.isMissingNode()
          ? new Parsed(value, List.of("the text is empty"))
          : new Parsed(value, List.of());
    } catch (JsonProcessingException e) {
      return new Parsed(MissingNode.getInstance(), List.of("no JSON: " + e.getOriginalMessage()));
    }
  }

  /**
   * Holds a text against the schema at a JSON pointer of a document.
   *
   * @throws IllegalArgumentException if there is no schema
   */
  List<String> validate(String document, String pointer, String text) {
    if (read(document).at(pointer).isMissingNode()) {
      throw new IllegalArgumentException(document + " has no schema at " + pointer);
    }
    Parsed parsed = parse(text);
    if (!parsed.violations().isEmpty()) {
      return parsed.violations();
    }
    Schema schema =
        schemas.computeIfAbsent(
            document + "#" + pointer, at -> registry.getSchema(SchemaLocation.of(BASE + at)));
    return schema
        .validate(
            parsed.value(),
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  /** The folder {@code events}, beside the module that the tests run in or above. */
  private static Path folder() {
    for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("events").resolve("openapi.yaml"))) {
        return at.resolve("events");
      }
    }
    throw new IllegalStateException("no folder events above " + Path.of("").toAbsolutePath());
  }
}
