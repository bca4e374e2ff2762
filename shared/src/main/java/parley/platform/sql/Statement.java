package parley.platform.sql;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Sql.OnTimeout;
import software.amazon.awssdk.services.rdsdata.model.ColumnMetadata;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.TypeHint;

/** One statement and its parameters. */
public final class Statement {
  /** The form that the Data API wants for the type hint TIMESTAMP; it means UTC here. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Sql sql;
  private final String text;
  private final List<SqlParameter> parameters = new ArrayList<>();

  Statement(Sql sql, String text) {
    this.sql = sql;
    this.text = text;
  }

  /** Binds a string, null as SQL's null of no type: cast it where Postgres cannot tell. */
  public Statement bind(String name, @Nullable String value) {
    return add(name, value == null ? Field.fromIsNull(true) : Field.fromStringValue(value), null);
  }

  public Statement bind(String name, @Nullable UUID value) {
    return value == null
        ? add(name, Field.fromIsNull(true), null)
        : add(name, Field.fromStringValue(value.toString()), TypeHint.UUID);
  }

  public Statement bind(String name, long value) {
    return add(name, Field.fromLongValue(value), null);
  }

  public Statement bind(String name, boolean value) {
    return add(name, Field.fromBooleanValue(value), null);
  }

  /** Binds a time, to the millisecond, as a {@code timestamp} in UTC. */
  public Statement bind(String name, Instant value) {
    return add(name, Field.fromStringValue(TIMESTAMP.format(value)), TypeHint.TIMESTAMP);
  }

  /**
   * Binds ids as the text of a Postgres array, because the Data API takes no arrays: cast it to
   * {@code uuid[]}. Null is SQL's null.
   */
  public Statement bind(String name, @Nullable Collection<UUID> values) {
    if (values == null) {
      return add(name, Field.fromIsNull(true), null);
    }
    String array = values.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    return add(name, Field.fromStringValue(array), null);
  }

  /** Runs the statement and maps every row that it gives. */
  public <T> List<T> list(Function<Row, T> mapper) {
    ExecuteStatementResponse response = run();
    Map<String, Integer> columns = columns(response.columnMetadata());
    return response.records().stream()
        .map(fields -> mapper.apply(new Row(columns, fields)))
        .toList();
  }

  /** Runs the statement and maps its first row, if there is one. */
  public <T> Optional<T> first(Function<Row, T> mapper) {
    return list(mapper).stream().findFirst();
  }

  /** Runs the statement and leaves what it gives. */
  public void execute() {
    run();
  }

  /**
   * Runs the statement, which goes on if its call takes too long.
   *
   * @throws software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException after 45 s
   */
  void executeContinuing() {
    sql.execute(request().continueAfterTimeout(true), OnTimeout.TELL);
  }

  private ExecuteStatementResponse run() {
    return sql.execute(request());
  }

  private ExecuteStatementRequest.Builder request() {
    return ExecuteStatementRequest.builder().sql(text).parameters(parameters);
  }

  private Statement add(String name, Field value, @Nullable TypeHint hint) {
    parameters.add(SqlParameter.builder().name(name).value(value).typeHint(hint).build());
    return this;
  }

  private static Map<String, Integer> columns(List<ColumnMetadata> metadata) {
    Map<String, Integer> columns = new HashMap<>();
    for (ColumnMetadata column : metadata) {
      columns.put(column.label(), columns.size());
    }
    return columns;
  }
}
