package parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many bytes a frame has at the most, by its schema in the contract: every text as long as it
 * may be, in characters that JSON writes in six bytes, and every list as long as it may be.
 */
final class LargestFrames {
  private static final int ESCAPED = 6;
  private static final int UUID = 38;
  private static final int TIME = 32;
  private static final int NUMBER = 25;

  private final Documents documents;

  LargestFrames(Documents documents) {
    this.documents = documents;
  }

  /**
   * The most bytes that a value of a schema takes.
   *
   * @throws IllegalArgumentException naming the place, if the schema gives no bound
   */
  long bytes(String document, String pointer) {
    return bytes(document, documents.read(document).at(pointer), pointer);
  }

  private long bytes(String document, JsonNode schema, String place) {
    if (schema.has("$ref")) {
      String[] reference = schema.path("$ref").asText().split("#", 2);
      String other = reference[0].isEmpty() ? document : reference[0].replaceFirst("^\\./", "");
      return bytes(other, documents.read(other).at(reference[1]), place);
    }
    if (schema.has("const")) {
      return schema.path("const").toString().length();
    }
    if (schema.has("enum")) {
      return elements(schema.path("enum")).stream()
          .mapToInt(value -> value.toString().length())
          .max()
          .orElseThrow();
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice) && !schema.has("type")) {
        List<JsonNode> choices = elements(schema.path(choice));
        return IntStream.range(0, choices.size())
            .mapToLong(i -> bytes(document, choices.get(i), place + "/" + choice + "/" + i))
            .max()
            .orElseThrow();
      }
    }
    JsonNode type = schema.path("type");
    return (type.isArray() ? elements(type) : List.of(type))
        .stream().mapToLong(one -> ofType(one.asText(), document, schema, place)).max().orElse(0);
  }

  private long ofType(String type, String document, JsonNode schema, String place) {
    return switch (type) {
      case "null", "boolean", "integer", "number" -> NUMBER;
      case "string" ->
          switch (schema.path("format").asText()) {
            case "uuid" -> UUID;
            case "date-time" -> TIME;
            default -> 2 + ESCAPED * bound(schema, "maxLength", place);
          };
      case "array" ->
          2
              + bound(schema, "maxItems", place)
                  * (1 + bytes(document, schema.path("items"), place + "/items"));
      case "object" -> {
        if (!schema.path("additionalProperties").isBoolean()) {
          throw new IllegalArgumentException(place + " may have more properties");
        }
        long sum = 2;
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
          String name = property.getKey();
          sum += name.length() + 4 + bytes(document, property.getValue(), place + "/" + name);
        }
        yield sum;
      }
      default -> throw new IllegalArgumentException(place + " has no type");
    };
  }

  private static long bound(JsonNode schema, String keyword, String place) {
    if (!schema.has(keyword)) {
      throw new IllegalArgumentException(place + " has no " + keyword);
    }
    return schema.path(keyword).asLong();
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }
}
