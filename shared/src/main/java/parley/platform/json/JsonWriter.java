package parley.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON. A record is an object of its components in their order; a record whose
 * only component is {@code value} (an id) is that value; an empty {@link Optional} component is
 * left out; an {@link Instant} is ISO 8601 in UTC with milliseconds.
 */
final class JsonWriter {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
          components.forEach(component -> component.getAccessor().setAccessible(true));
          return components;
        }
      };

  private JsonWriter() {}

  static String write(JsonFactory factory, @Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case UUID id -> generator.writeString(id.toString());
      case Enum<?> constant -> generator.writeString(constant.name());
      case Instant instant -> generator.writeString(INSTANT.format(instant));
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Map<?, ?> fields -> writeFields(generator, fields);
      case Iterable<?> items -> writeItems(generator, items);
      case Record object -> writeRecord(generator, object);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void writeFields(JsonGenerator generator, Map<?, ?> fields) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      generator.writeFieldName(String.valueOf(field.getKey()));
      write(generator, field.getValue());
    }
    generator.writeEndObject();
  }

  private static void writeItems(JsonGenerator generator, Iterable<?> items) throws IOException {
    generator.writeStartArray();
    for (Object item : items) {
      write(generator, item);
    }
    generator.writeEndArray();
  }

  private static void writeRecord(JsonGenerator generator, Record object) throws IOException {
    List<RecordComponent> components = COMPONENTS.get(object.getClass());
    if (components.size() == 1 && components.getFirst().getName().equals("value")) {
      write(generator, read(components.getFirst(), object));
      return;
    }
    generator.writeStartObject();
    for (RecordComponent component : components) {
      Object value = read(component, object);
      if (value instanceof Optional<?> optional) {
        if (optional.isEmpty()) {
          continue;
        }
        value = optional.get();
      }
      generator.writeFieldName(component.getName());
      write(generator, value);
    }
    generator.writeEndObject();
  }

  private static @Nullable Object read(RecordComponent component, Record object) {
    try {
      return component.getAccessor().invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
