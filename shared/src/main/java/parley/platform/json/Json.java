package parley.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

/**
 * Reads JSON (RFC 8259) strictly: a value and nothing after it, no field twice, at most {@value
 * #MAX_DEPTH} levels deep.
 *
 * <p>It stands on jackson-core alone. A binding library was tried and left: jackson-databind's
 * first use takes twice the CPU (docs/cold-start.md), and avaje-jsonb accepts text after the value,
 * repeated fields, strings for numbers and numbers that overflow.
 */
public final class Json {
  static final int MAX_DEPTH = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(32)
                  .build())
          .build();

  private Json() {}

  /**
   * Reads any value: a Map, List, String, Long, Double, Boolean or null. A number is a Long if its
   * value is an integer of 64 bits, however it is written, and a Double otherwise.
   *
   * @throws ChatException MALFORMED_JSON, without quoting the input
   */
  public static @Nullable Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw malformed("the body is empty", null);
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw malformed("there is something after the JSON value", null);
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw malformed(
          "the JSON is nested deeper than " + MAX_DEPTH + " or has too long a token", e);
    } catch (StreamReadException e) {
      throw malformed("the body is not valid JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads an object.
   *
   * @throws ChatException MALFORMED_JSON, also for any other value
   */
  public static JsonObject readObject(String text) {
    return JsonObject.from(read(text));
  }

  /** Writes a value; {@link JsonWriter} says which kinds there are and how each looks. */
  public static String write(@Nullable Object value) {
    return JsonWriter.write(FACTORY, value);
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("not a value: " + parser.currentToken());
    };
  }

  private static Number number(JsonParser parser) throws IOException {
    try {
      return Integers.narrow(parser.getDecimalValue());
    } catch (NumberFormatException e) {
      // The exponent has more than 32 bits: the number is infinite or zero.
      return parser.getDoubleValue();
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static ChatException malformed(String message, @Nullable Throwable cause) {
    return new ChatException(ErrorCode.MALFORMED_JSON, message, cause);
  }
}
