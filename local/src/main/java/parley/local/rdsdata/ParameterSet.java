package parley.local.rdsdata;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values for one execution of a statement, in the order of its question marks. */
record ParameterSet(List<SqlValue> values) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

  /**
   * Matches a request's parameters with a statement's.
   *
   * @param parameters a list of SqlParameter, or nothing
   * @throws parley.local.aws.AwsException if one is missing, given twice, or unknown to the
   *     statement
   */
  static ParameterSet read(NamedStatement statement, JsonNode parameters) {
    Map<String, SqlValue> byName = new LinkedHashMap<>();
    for (JsonNode parameter : parameters) {
      String name = parameter.path("name").asText("");
      if (!NAME.matcher(name).matches()) {
        throw RdsDataErrors.invalid("Named parameter syntax is invalid, input: " + name);
      }
      if (byName.put(name, SqlValue.read(name, parameter)) != null) {
        throw RdsDataErrors.invalid("Duplicate parameter: " + name);
      }
    }
    List<SqlValue> values = new ArrayList<>(statement.parameters().size());
    for (String name : statement.parameters()) {
      SqlValue value = byName.get(name);
      if (value == null) {
        throw RdsDataErrors.invalid("Cannot find parameter: " + name);
      }
      values.add(value);
    }
    for (String name : byName.keySet()) {
      if (!statement.parameters().contains(name)) {
        throw RdsDataErrors.invalid("Unknown parameter: " + name);
      }
    }
    return new ParameterSet(values);
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int index = 0; index < values.size(); index++) {
      values.get(index).bind(statement, index + 1);
    }
  }
}
