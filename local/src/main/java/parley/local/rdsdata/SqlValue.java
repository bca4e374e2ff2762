package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.DeserializationFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** A parameter's value as it is sent to Postgres: always with a type, but for a NULL. */
sealed interface SqlValue {
  /** Sent as varchar, as the Data API does for a string without a hint. */
  record Text(String text) implements SqlValue {}

  record Whole(long value) implements SqlValue {}

  record Fraction(double value) implements SqlValue {}

  record Truth(boolean value) implements SqlValue {}

  record Bytes(byte[] value) implements SqlValue {}

  /** A string with a hint; {@code null} text is NULL of that type. */
  record Typed(String postgresType, @Nullable String text) implements SqlValue {}

  /** NULL, whose type Postgres infers from where it stands. */
  record Null() implements SqlValue {}

  /** The accepted hints with Postgres's names of their types. */
  Map<String, String> HINTS =
      Map.of(
          "DATE", "date",
          "DECIMAL", "numeric",
          "JSON", "json",
          "TIME", "time",
          "TIMESTAMP", "timestamp",
          "UUID", "uuid");

  Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");

  Pattern TIME = Pattern.compile("\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

  ObjectMapper STRICT_JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Reads one parameter of a request.
   *
   * @param name for messages
   * @throws parley.local.aws.AwsException if the value is missing, ambiguous, an array, or not what
   *     its hint says
   */
  static SqlValue read(String name, JsonNode parameter) {
    JsonNode value = parameter.path("value");
    String hint = parameter.path("typeHint").asText("");
    if (!hint.isEmpty() && !HINTS.containsKey(hint)) {
      throw RdsDataErrors.invalid(
          "Value '"
              + hint
              + "' at 'typeHint' of parameter "
              + name
              + " failed to satisfy constraint: Member must satisfy enum value set: "
              + "[JSON, UUID, TIMESTAMP, DATE, TIME, DECIMAL]");
    }
    if (value.has("arrayValue")) {
      throw RdsDataErrors.invalid("Array parameters are not supported.");
    }
    if (value.size() != 1) {
      throw RdsDataErrors.invalid("Parameter " + name + " must have exactly one value.");
    }
    String member = value.fieldNames().next();
    JsonNode content = value.path(member);
    if (member.equals("stringValue") && content.isTextual()) {
      return hint.isEmpty()
          ? new Text(content.textValue())
          : typed(name, hint, content.textValue());
    }
    if (member.equals("isNull") && content.isBoolean() && content.booleanValue()) {
      return hint.isEmpty() ? new Null() : new Typed(typeOf(hint), null);
    }
    if (!hint.isEmpty()) {
      throw RdsDataErrors.invalid(
          "The type hint " + hint + " of parameter " + name + " needs a string value.");
    }
    return plain(name, member, content);
  }

  private static SqlValue plain(String name, String member, JsonNode content) {
    if (member.equals("longValue") && content.canConvertToLong() && content.isIntegralNumber()) {
      return new Whole(content.longValue());
    }
    if (member.equals("doubleValue") && content.isNumber()) {
      return new Fraction(content.doubleValue());
    }
    if (member.equals("doubleValue") && content.asText().matches("NaN|-?Infinity")) {
      return new Fraction(Double.parseDouble(content.asText()));
    }
    if (member.equals("booleanValue") && content.isBoolean()) {
      return new Truth(content.booleanValue());
    }
    if (member.equals("blobValue") && content.isTextual()) {
      try {
        return new Bytes(content.binaryValue());
      } catch (IOException notBase64) {
        throw RdsDataErrors.unreadable("The blobValue of parameter " + name + " is not base64.");
      }
    }
    throw RdsDataErrors.unreadable("The " + member + " of parameter " + name + " is not valid.");
  }

  private static SqlValue typed(String name, String hint, String text) {
    if (!isValid(hint, text)) {
      throw RdsDataErrors.invalid(
          "The value of parameter " + name + " is not a valid " + hint + ".");
    }
    return new Typed(typeOf(hint), text);
  }

  private static String typeOf(String hint) {
    return HINTS.getOrDefault(hint, "text");
  }

  private static boolean isValid(String hint, String text) {
    try {
      return switch (hint) {
        case "DATE" -> LocalDate.parse(text).getYear() > 0;
        case "TIME" -> isTime(text);
        case "TIMESTAMP" ->
            text.length() > 11
                && text.charAt(10) == ' '
                && LocalDate.parse(text.substring(0, 10)).getYear() > 0
                && isTime(text.substring(11));
        case "DECIMAL" -> new BigDecimal(text).precision() > 0;
        case "JSON" -> !STRICT_JSON.readTree(text).isMissingNode();
        case "UUID" -> UUID.matcher(text).matches();
        default -> throw new IllegalArgumentException(hint);
      };
    } catch (DateTimeException | NumberFormatException | IOException malformed) {
      return false;
    }
  }

  private static boolean isTime(String text) {
    return TIME.matcher(text).matches() && LocalTime.parse(text) != null;
  }

  /** Binds this to a question mark, counted from 1. */
  default void bind(PreparedStatement statement, int index) throws SQLException {
    switch (this) {
      case Text(String text) -> statement.setObject(index, text, Types.VARCHAR);
      case Whole(long value) -> statement.setLong(index, value);
      case Fraction(double value) -> statement.setDouble(index, value);
      case Truth(boolean value) -> statement.setBoolean(index, value);
      case Bytes(byte[] value) -> statement.setBytes(index, value);
      case Null() -> statement.setNull(index, Types.NULL);
      case Typed(String type, String text) -> {
        PGobject object = new PGobject();
        object.setType(type);
        object.setValue(text);
        statement.setObject(index, object);
      }
    }
  }
}
