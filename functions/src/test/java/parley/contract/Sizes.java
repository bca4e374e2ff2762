package parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How many bytes what fits a schema takes at most as JSON. A schema that sets no bound is an error:
 * a text needs maxLength, a list maxItems, and an object may have no further fields.
 */
final class Sizes {
  /** A pattern for the whole of a text that names the characters which it may have. */
  private static final Pattern CLOSED =
      Pattern.compile("\\^(\\[[^^][^]]*]|\\(|\\)|[A-Za-z0-9:/|+*{},-]|\\\\\\.)*\\$");

  private final Documents documents;
  private final int control;
  private final int quote;
  private final int syntax;

  private Sizes(Documents documents, int control, int quote, int syntax) {
    this.documents = documents;
    this.control = control;
    this.quote = quote;
    this.syntax = syntax;
  }

  /** In a frame, of which a control character takes six bytes. */
  static Sizes inFrames(Documents documents) {
    return new Sizes(documents, 6, 2, 1);
  }

  /**
   * In the answer of a function, which holds the body as a text: the backslash of an escape and the
   * quotes around a text are escaped once more.
   */
  static Sizes inAnswers(Documents documents) {
    return new Sizes(documents, 7, 4, 2);
  }

  /**
   * The most bytes that a schema lets a value have.
   *
   * @param document where the schema stands, for its references
   * @throws IllegalArgumentException if it sets no bound
   */
  long most(String document, JsonNode schema) {
    Documents.Place place = documents.resolve(document, schema);
    return resolved(place.document(), place.schema());
  }

  private long resolved(String document, JsonNode schema) {
    if (schema.has("const")) {
      return most(schema.path("const"));
    }
    if (schema.has("enum")) {
      return stream(schema.path("enum")).mapToLong(this::most).max().orElse(0);
    }
    if (schema.has("maxLength")) {
      return text(schema); // What else there is, in allOf say, only narrows it.
    }
    long parts =
        stream(schema.path("allOf"))
            .filter(part -> !onlyNarrows(part))
            .mapToLong(part -> most(document, part))
            .sum();
    long choices =
        Stream.of("anyOf", "oneOf")
            .flatMap(name -> stream(schema.path(name)))
            .mapToLong(choice -> schema.has("type") ? 0 : most(document, choice))
            .max()
            .orElse(0);
    long own = types(schema).mapToLong(type -> most(document, schema, type)).max().orElse(0);
    if (parts + choices + own == 0) {
      throw new IllegalArgumentException("no bound: " + schema);
    }
    return parts + choices + own;
  }

  /** Whether a schema asks for fields or forbids some, and so makes no value larger. */
  private static boolean onlyNarrows(JsonNode schema) {
    return schema.size() == 1 && (schema.has("required") || schema.has("not"));
  }

  private long most(String document, JsonNode schema, String type) {
    return switch (type) {
      case "null", "boolean" -> 5;
      case "integer" -> 20;
      case "string" -> text(schema);
      case "array" -> 2 + bound(schema, "maxItems") * (1 + most(document, schema.path("items")));
      case "object" -> object(document, schema);
      default -> throw new IllegalArgumentException("no size of a " + type);
    };
  }

  private long text(JsonNode schema) {
    String pattern = schema.path("pattern").asText("");
    int character =
        CLOSED.matcher(pattern).matches() ? pattern.contains("!-~") ? quote : 1 : control;
    boolean plain = !schema.path("format").isMissingNode();
    return bound(schema, "maxLength") * (plain ? 1 : character) + 2L * syntax;
  }

  private long object(String document, JsonNode schema) {
    if (schema.path("additionalProperties").asBoolean(true)) {
      throw new IllegalArgumentException("further fields have no bound: " + schema);
    }
    Set<String> exclusive = new HashSet<>();
    long most = 0;
    for (JsonNode choice : schema.path("oneOf")) {
      List<String> fields = stream(choice.path("required")).map(JsonNode::asText).toList();
      exclusive.addAll(fields);
      most = Math.max(most, fields(document, schema, fields::contains));
    }
    return 2 + most + fields(document, schema, field -> !exclusive.contains(field));
  }

  private long fields(String document, JsonNode schema, Predicate<String> counted) {
    return schema.path("properties").properties().stream()
        .filter(field -> counted.test(field.getKey()))
        .mapToLong(
            field -> field.getKey().length() + 2L * syntax + 2 + most(document, field.getValue()))
        .sum();
  }

  private long most(JsonNode value) {
    return value.isTextual() ? value.asText().length() * (long) control + 2L * syntax : 20;
  }

  private static long bound(JsonNode schema, String name) {
    if (!schema.has(name)) {
      throw new IllegalArgumentException("no " + name + ": " + schema);
    }
    return schema.path(name).asLong();
  }

  private static Stream<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? stream(type).map(JsonNode::asText)
        : Stream.of(type.asText()).filter(name -> !name.isEmpty());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
