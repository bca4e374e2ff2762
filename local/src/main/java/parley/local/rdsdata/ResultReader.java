package parley.local.rdsdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TypeInfo;
import org.postgresql.jdbc.PgResultSet;

/** Turns what a statement returned into ExecuteStatement's response. */
record ResultReader(ResultOptions options) {
  static final int RESULT_LIMIT = 1024 * 1024;
  static final int ROW_LIMIT = 64 * 1024;

  /** More rows than this exceed the limit whatever is in them; the server need not send more. */
  static final int ROWS_LIMIT = RESULT_LIMIT / 2 + 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the result of an executed statement.
   *
   * @throws parley.local.aws.AwsException if it is too large or of a type that v2 does not support
   */
  ObjectNode read(PreparedStatement statement) throws SQLException {
    ObjectNode response = JSON.createObjectNode();
    try (ResultSet rows = statement.getResultSet()) {
      if (rows == null) {
        response.put("numberOfRecordsUpdated", Math.max(0, statement.getLargeUpdateCount()));
        response.putArray("generatedFields");
        return response;
      }
      response.put("numberOfRecordsUpdated", 0);
      if (options.asJson()) {
        response.put("formattedRecords", formatted(rows));
      } else {
        response.set("records", records(rows));
        if (options.metadata()) {
          response.set("columnMetadata", metadata(rows.getMetaData()));
        }
      }
      return response;
    }
  }

  private ArrayNode records(ResultSet rows) throws SQLException {
    ArrayNode records = JSON.createArrayNode();
    forEach(
        rows,
        fields -> {
          ArrayNode record = records.addArray();
          fields.forEach(field -> record.add(field.typed()));
        });
    return records;
  }

  private String formatted(ResultSet rows) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int index = 1; index <= rows.getMetaData().getColumnCount(); index++) {
      labels.add(rows.getMetaData().getColumnLabel(index));
    }
    ArrayNode records = JSON.createArrayNode();
    forEach(
        rows,
        fields -> {
          ObjectNode record = records.addObject();
          for (int index = 0; index < labels.size(); index++) {
            record.set(labels.get(index), fields.get(index).plain());
          }
        });
    return records.toString();
  }

  private void forEach(ResultSet rows, Consumer<List<Field>> consumer) throws SQLException {
    List<Column> columns = columns(rows);
    int resultSize = 0;
    while (rows.next()) {
      List<Field> fields = new ArrayList<>(columns.size());
      int rowSize = 0;
      for (Column column : columns) {
        Field field = column.read(rows);
        rowSize += field.size();
        fields.add(field);
      }
      // On the wire a row has a count of its columns and a length before each value.
      resultSize += rowSize + 2 + 4 * columns.size();
      if (resultSize > RESULT_LIMIT) {
        throw RdsDataErrors.unsupportedResult("The result exceeds the size limit 1 MB.");
      }
      if (rowSize > ROW_LIMIT) {
        throw RdsDataErrors.unsupportedResult(
            "Packet for query is too large (" + rowSize + " > " + ROW_LIMIT + ").");
      }
      consumer.accept(fields);
    }
  }

  /**
   * Reads the columns' types from the result itself. The driver's metadata also tells which columns
   * are serial, and asks the database for that.
   */
  private List<Column> columns(ResultSet rows) throws SQLException {
    PgResultSet result = rows.unwrap(PgResultSet.class);
    TypeInfo types = rows.getStatement().getConnection().unwrap(BaseConnection.class).getTypeInfo();
    int count = rows.getMetaData().getColumnCount();
    List<Column> columns = new ArrayList<>(count);
    for (int index = 1; index <= count; index++) {
      String type = types.getPGType(result.getColumnOID(index));
      columns.add(Column.of(index, type == null ? "unknown" : type, options));
    }
    return columns;
  }

  private static ArrayNode metadata(ResultSetMetaData columns) throws SQLException {
    ArrayNode metadata = JSON.createArrayNode();
    PGResultSetMetaData postgres = columns.unwrap(PGResultSetMetaData.class);
    for (int index = 1; index <= columns.getColumnCount(); index++) {
      ObjectNode column = metadata.addObject();
      column.put(
          "arrayBaseColumnType", columns.getColumnType(index) == Types.ARRAY ? Types.OTHER : 0);
      column.put("isAutoIncrement", columns.isAutoIncrement(index));
      column.put("isCaseSensitive", columns.isCaseSensitive(index));
      column.put("isCurrency", columns.isCurrency(index));
      column.put("isSigned", columns.isSigned(index));
      column.put("label", columns.getColumnLabel(index));
      column.put("name", columns.getColumnName(index));
      column.put("nullable", columns.isNullable(index));
      column.put("precision", columns.getPrecision(index));
      column.put("scale", columns.getScale(index));
      column.put("schemaName", postgres.getBaseSchemaName(index));
      column.put("tableName", postgres.getBaseTableName(index));
      column.put("type", columns.getColumnType(index));
      column.put("typeName", columns.getColumnTypeName(index));
    }
    return metadata;
  }
}
