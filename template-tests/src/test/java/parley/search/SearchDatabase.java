package parley.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import parley.platform.sql.PlanDatabase;

/** The functions of the database that compare texts in searches. */
final class SearchDatabase implements AutoCloseable {
  private final PlanDatabase database;

  private SearchDatabase(PlanDatabase database) {
    this.database = database;
  }

  /** What a query gives that has one row with one text. */
  String text(String sql, String... parameters) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      ResultSet rows = statement.executeQuery();
      rows.next();
      return rows.getString(1);
    }
  }

  /**
   * A text for each character, by code point. Only for characters that both the database and Java
   * know, as their versions of Unicode may differ.
   *
   * @param sql the text of the character {@code chr(c)}
   */
  Map<Integer, String> texts(String sql, IntPredicate which) throws SQLException {
    Map<Integer, String> texts = new TreeMap<>();
    Integer[] points =
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .filter(Character::isDefined)
            .filter(which)
            .boxed()
            .toArray(Integer[]::new);
    try (Connection connection = database.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "select c, " + sql + " from unnest(?) c where unicode_assigned(chr(c))")) {
      statement.setArray(1, connection.createArrayOf("integer", points));
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        texts.put(rows.getInt(1), rows.getString(2));
      }
    }
    return texts;
  }

  @Override
  public void close() {
    database.close();
  }

  /** Gives tests the one database that they share. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(SearchDatabase.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(SearchDatabase.class))
          .computeIfAbsent(SearchDatabase.class, _ -> start(), SearchDatabase.class);
    }

    private static SearchDatabase start() {
      try {
        return new SearchDatabase(
            PlanDatabase.start(Files.createTempDirectory("parley-search"), ""));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
