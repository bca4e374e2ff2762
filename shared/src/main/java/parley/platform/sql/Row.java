package parley.platform.sql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rdsdata.model.Field;

/** One row of a result, read by the names of its columns. */
public final class Row {
  /**
   * The Data API gives a {@code timestamptz} in UTC, without an offset and with the digits it has.
   */
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter();

  private final Map<String, Integer> columns;
  private final List<Field> fields;

  Row(Map<String, Integer> columns, List<Field> fields) {
    this.columns = columns;
    this.fields = fields;
  }

  public boolean isNull(String column) {
    return Boolean.TRUE.equals(field(column).isNull());
  }

  public String string(String column) {
    return present(column).stringValue();
  }

  /** A text that may be null in the database. */
  public Optional<String> optionalString(String column) {
    return joined(column, row -> row.string(column));
  }

  /** A number that may be null in the database. */
  public Optional<Long> optionalInteger(String column) {
    return joined(column, row -> row.integer(column));
  }

  /** A time that may be null in the database. */
  public Optional<Instant> optionalInstant(String column) {
    return joined(column, row -> row.instant(column));
  }

  public UUID uuid(String column) {
    return UUID.fromString(string(column));
  }

  /** Ids that {@code string_agg} put into one column, with commas between them; none of null. */
  public Stream<UUID> uuids(String column) {
    return optionalString(column).stream()
        .flatMap(ids -> Stream.of(ids.split(",")))
        .map(UUID::fromString);
  }

  public long integer(String column) {
    return present(column).longValue();
  }

  public boolean flag(String column) {
    return present(column).booleanValue();
  }

  public Instant instant(String column) {
    return LocalDateTime.parse(string(column), TIMESTAMP).toInstant(ZoneOffset.UTC);
  }

  /**
   * What a left join found.
   *
   * @param column a column of it that is never null where it found something
   */
  public <T> Optional<T> joined(String column, Function<Row, T> mapper) {
    return isNull(column) ? Optional.empty() : Optional.of(mapper.apply(this));
  }

  private Field present(String column) {
    if (isNull(column)) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return field(column);
  }

  private Field field(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new IllegalStateException("no column " + column + " among " + columns.keySet());
    }
    return fields.get(index);
  }
}
