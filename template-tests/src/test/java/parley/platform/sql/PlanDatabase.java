package parley.platform.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import parley.local.postgres.PostgresServer;

/** A database with all migrations and the rows of a test, which tells how it runs a statement. */
public final class PlanDatabase implements AutoCloseable {
  private final PostgresServer server;

  private PlanDatabase(PostgresServer server) {
    this.server = server;
  }

  /**
   * @param rows the SQL that fills it
   */
  public static PlanDatabase start(Path folder, String rows) throws SQLException {
    PlanDatabase database = new PlanDatabase(PostgresServer.start(folder, "parley"));
    try (Connection connection = database.server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String migration : Migrator.MIGRATIONS) {
        statement.execute(Migration.named(migration).text());
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute(rows);
      statement.execute("vacuum analyze");
    }
    return database;
  }

  /**
   * The plan of a statement with what it took, in Postgres' own names.
   *
   * @param parameters their literals, by their names without the colon
   */
  public JsonNode plan(String sql, Map<String, String> parameters)
      throws SQLException, IOException {
    String statement = sql;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      statement =
          statement.replaceAll("(?<!:):" + parameter.getKey() + "\\b", parameter.getValue());
    }
    String explain = "explain (analyze, buffers, format json) " + statement;
    try (Connection connection = server.dataSource().getConnection();
        Statement explaining = connection.createStatement()) {
      // The first run reads what Postgres has to know of functions and types, too.
      explaining.execute(explain);
      ResultSet rows = explaining.executeQuery(explain);
      rows.next();
      return new ObjectMapper().readTree(rows.getString(1)).path(0).path("Plan");
    }
  }

  /** A connection to it, which the caller closes. */
  public Connection connect() throws SQLException {
    return server.dataSource().getConnection();
  }

  /** The blocks that a node of a plan took, wherever they were. */
  public static long blocks(JsonNode node) {
    return node.path("Shared Hit Blocks").asLong() + node.path("Shared Read Blocks").asLong();
  }

  @Override
  public void close() {
    server.close();
  }
}
