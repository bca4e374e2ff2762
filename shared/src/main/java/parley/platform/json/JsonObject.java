package parley.platform.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Text;

/**
 * An object that a client sent. Every accessor checks the field's type and throws a {@link
 * ChatException} that names the field. A string is text of Unicode: one with half a surrogate pair,
 * which JSON can escape (RFC 8259, 8.2) and UTF-8 cannot write, is refused.
 */
public record JsonObject(Map<String, @Nullable Object> fields) {
  /**
   * A field's name that an error may show: whatever else it holds could turn the sentence round.
   */
  private static final Pattern SHOWABLE = Pattern.compile("[!-~]{1,40}");

  /**
   * The contract's form of a time: {@code date-time} of RFC 3339 in UTC, written {@code Z}, to the
   * millisecond, in this millennium, so that "for ever" is its end. Hours are 00 to 23. Seconds are
   * 00 to 59: RFC 3339 has 60 for leap seconds, which neither Postgres nor clients' clocks have.
   */
  private static final Pattern TIME =
      Pattern.compile(
          "2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
              + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?Z");

  /**
   * Takes what {@link Json#read} gave.
   *
   * @throws ChatException MALFORMED_JSON unless it is an object
   */
  public static JsonObject from(@Nullable Object value) {
    return cast(value)
        .orElseThrow(
            () -> new ChatException(ErrorCode.MALFORMED_JSON, "a JSON object is expected"));
  }

  /**
   * Refuses fields that the contract does not have, so that a misspelt one is not lost in silence.
   *
   * @throws ChatException VALIDATION_FAILED naming the field
   */
  public JsonObject only(String... known) {
    Set<String> names = Set.of(known);
    for (String name : fields.keySet()) {
      if (!names.contains(name)) {
        throw ChatException.invalid(
            SHOWABLE.matcher(name).matches()
                ? "unknown field: " + name
                : "there is an unknown field");
      }
    }
    return this;
  }

  /** Whether the field was sent, be it as null. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A string that must be there. */
  public String string(String name) {
    return optionalString(name)
        .orElseThrow(() -> ChatException.invalid(name + " is required and must be a string"));
  }

  /** A string that may be missing or null. */
  public Optional<String> optionalString(String name) {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case String text -> Optional.of(Text.requireUnicode(name, text));
      default -> throw ChatException.invalid(name + " must be a string");
    };
  }

  /** The name of a constant, which must be there. */
  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    return optionalConstant(name, type).orElseThrow(() -> notOneOf(name, type));
  }

  /** The name of a constant, which may be missing or null. */
  public <E extends Enum<E>> Optional<E> optionalConstant(String name, Class<E> type) {
    return optionalString(name)
        .map(
            text ->
                Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> notOneOf(name, type)));
  }

  /** An integer that must be there, as {@link Integers#require} has it. */
  public long integer(String name) {
    return Integers.require(name, fields.get(name));
  }

  /** An integer that may be missing or null. */
  public Optional<Long> optionalInteger(String name) {
    return fields.get(name) == null ? Optional.empty() : Optional.of(integer(name));
  }

  /** An integer or null, which must be there. */
  public Optional<Long> nullableInteger(String name) {
    if (!has(name)) {
      throw ChatException.invalid(name + " is required and must be an integer or null");
    }
    return optionalInteger(name);
  }

  /** A time in UTC, which may be missing or null. */
  public Optional<Instant> optionalTime(String name) {
    return optionalString(name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      if (TIME.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      // A day that its month does not have; told below.
    }
    throw ChatException.invalid(name + " must be a time in UTC, as 2026-11-22T10:15:30.000Z");
  }

  /** True or false, which may be missing or null. */
  public Optional<Boolean> optionalFlag(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw ChatException.invalid(name + " must be true or false");
    }
    return Optional.ofNullable((Boolean) value);
  }

  /** A list of strings that must be there. */
  public List<String> strings(String name) {
    if (fields.get(name) instanceof List<?> items
        && items.stream().allMatch(String.class::isInstance)) {
      return items.stream().map(item -> Text.requireUnicode(name, (String) item)).toList();
    }
    throw ChatException.invalid(name + " is required and must be a list of strings");
  }

  /** A list of objects that must be there. */
  public List<JsonObject> objects(String name) {
    if (fields.get(name) instanceof List<?> items
        && items.stream().allMatch(Map.class::isInstance)) {
      return items.stream().flatMap(item -> cast(item).stream()).toList();
    }
    throw ChatException.invalid(name + " is required and must be a list of objects");
  }

  /** An object that must be there. */
  public JsonObject object(String name) {
    return cast(fields.get(name))
        .orElseThrow(() -> ChatException.invalid(name + " is required and must be an object"));
  }

  /** The field as {@link Json#read} gave it, null if it is missing. */
  public @Nullable Object value(String name) {
    return fields.get(name);
  }

  private static <E extends Enum<E>> ChatException notOneOf(String name, Class<E> type) {
    return ChatException.invalid(
        Arrays.stream(type.getEnumConstants())
            .map(Enum::name)
            .collect(Collectors.joining(" or ", name + " must be ", "")));
  }

  @SuppressWarnings("unchecked") // Json.read makes objects with string keys only.
  private static Optional<JsonObject> cast(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of(new JsonObject((Map<String, @Nullable Object>) map))
        : Optional.empty();
  }
}
