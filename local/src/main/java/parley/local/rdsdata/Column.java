package parley.local.rdsdata;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the values of one column by its Postgres type.
 *
 * @param type the type's name, {@code _uuid} for an array of uuid
 */
record Column(int index, String type, ResultOptions options) {
  /** Types that v2 refuses; the caller casts them to text. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "box",
          "circle",
          "interval",
          "line",
          "lseg",
          "money",
          "path",
          "point",
          "polygon",
          "timetz");

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private static final DateTimeFormatter TIME_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** A column of a result. */
  static Column of(int index, String type, ResultOptions options) {
    String element = type.startsWith("_") ? type.substring(1) : type;
    if (UNSUPPORTED.contains(element)) {
      throw RdsDataErrors.unsupportedResult(
          "The result contains the unsupported data type "
              + element.toUpperCase(Locale.ROOT)
              + ".");
    }
    if (element.equals("char") || element.startsWith("reg")) {
      String name = element.equals("char") ? "\"CHAR\"" : element;
      throw RdsDataErrors.unsupportedResult(
          "The result contains the unsupported data type " + name + ".");
    }
    return new Column(index, type, options);
  }

  Field read(ResultSet row) throws SQLException {
    if (row.getString(index) == null) {
      return Field.NULL;
    }
    return type.startsWith("_") ? array(row.getArray(index)) : scalar(row);
  }

  private Field scalar(ResultSet row) throws SQLException {
    return switch (type) {
      case "bool" -> new Field("booleanValue", BooleanNode.valueOf(row.getBoolean(index)));
      case "int2", "int4", "int8", "oid" ->
          options.longsAsStrings()
              ? Field.text(row.getString(index))
              : Field.whole(row.getLong(index));
      // A float of four bytes as its shortest decimal, not as the double nearest to it.
      case "float4" -> Field.fraction(Double.parseDouble(Float.toString(row.getFloat(index))));
      case "float8" -> Field.fraction(row.getDouble(index));
      case "numeric" -> decimal(row.getObject(index));
      case "bytea" ->
          new Field("blobValue", JsonNodeFactory.instance.binaryNode(row.getBytes(index)));
      case "timestamp" -> Field.text(timestamp(row.getObject(index, LocalDateTime.class)));
      case "timestamptz" ->
          Field.text(timestamp(inUtc(row.getObject(index, OffsetDateTime.class))));
      case "time" -> Field.text(time(row.getObject(index, LocalTime.class)));
      default -> Field.text(row.getString(index));
    };
  }

  private Field decimal(Object value) {
    if (!(value instanceof BigDecimal number)) {
      return Field.text(value.toString()); // NaN and the infinities
    }
    if (!options.decimalsAsNumbers()) {
      return Field.text(number.toPlainString());
    }
    return number.scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE
        ? Field.whole(number.longValue())
        : Field.fraction(number.doubleValue());
  }

  private Field array(Array array) throws SQLException {
    Column element = new Column(2, type.substring(1), options);
    ArrayNode elements = JsonNodeFactory.instance.arrayNode();
    try (ResultSet rows = array.getResultSet()) {
      if (rows.getMetaData().getColumnTypeName(2).startsWith("_")) {
        throw RdsDataErrors.unsupportedResult("The result contains a multidimensional array.");
      }
      while (rows.next()) {
        Field field = element.read(rows);
        elements.add(field.isNull() ? NullNode.getInstance() : field.value());
      }
    } finally {
      array.free();
    }
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    return new Field("arrayValue", value.set(element.arrayMember(), elements));
  }

  private String arrayMember() {
    return switch (type) {
      case "bool" -> "booleanValues";
      case "int2", "int4", "int8", "oid" ->
          options.longsAsStrings() ? "stringValues" : "longValues";
      case "float4", "float8" -> "doubleValues";
      case "numeric" -> options.decimalsAsNumbers() ? "doubleValues" : "stringValues";
      default -> "stringValues";
    };
  }

  /** The driver tells Postgres's infinities as the greatest and least times there are. */
  private static LocalDateTime inUtc(OffsetDateTime time) {
    if (time.equals(OffsetDateTime.MAX)) {
      return LocalDateTime.MAX;
    }
    return time.equals(OffsetDateTime.MIN)
        ? LocalDateTime.MIN
        : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  private static String timestamp(LocalDateTime time) {
    if (time.equals(LocalDateTime.MAX)) {
      return "infinity";
    }
    return time.equals(LocalDateTime.MIN)
        ? "-infinity"
        : SECONDS.format(time) + fraction(time.get(ChronoField.MICRO_OF_SECOND));
  }

  private static String time(LocalTime time) {
    // The driver's way to tell 24:00:00, which Postgres has and java.time has not.
    return time.equals(LocalTime.MAX)
        ? "24:00:00"
        : TIME_SECONDS.format(time) + fraction(time.get(ChronoField.MICRO_OF_SECOND));
  }

  /** As v2 prints it: nothing for zero, milliseconds where they suffice, else microseconds. */
  private static String fraction(int microseconds) {
    if (microseconds == 0) {
      return "";
    }
    return microseconds % 1000 == 0
        ? ".%03d".formatted(microseconds / 1000)
        : ".%06d".formatted(microseconds);
  }
}
