package parley.bench.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.local.postgres.PostgresServer;

/**
 * The log of a Postgres server that logs how long it takes to parse, to plan and to run each
 * statement: {@code log_min_duration_statement} is 0.
 *
 * @param file the log
 * @see <a href="https://www.postgresql.org/docs/17/runtime-config-logging.html">Postgres on its
 *     log</a>
 */
record StatementLog(Path file, Connection admin) implements AutoCloseable {
  /** The entries of the extended protocol: bind is what plans a statement. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "duration: ([0-9.]+) ms +(parse|bind|execute) <unnamed>(?:/\\S*)?: (.*)$",
          Pattern.DOTALL);

  private static final Pattern MARK = Pattern.compile("select 'bench: (.*)'");

  /** The step of a statement that took a time. */
  enum Step {
    PARSE,
    BIND,
    EXECUTE
  }

  /**
   * A line of the log.
   *
   * @param mark the last mark before it, or empty
   */
  record Entry(String mark, Step step, String sql, double millis) {}

  /** Makes a server log every statement from now on, without its parameters. */
  static StatementLog of(PostgresServer server, Path file) throws SQLException {
    Connection admin = server.dataSource().getConnection();
    try (Statement statement = admin.createStatement()) {
      statement.execute("alter system set log_parameter_max_length = 0");
      statement.execute("alter system set log_min_duration_statement = 0");
      statement.execute("select pg_reload_conf()");
    }
    return new StatementLog(file, admin);
  }

  /** Sets the name of the request to which the statements logged from now on belong. */
  void mark(String name) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute("select 'bench: " + name + "'");
    }
  }

  /** Gathers the statistics that autovacuum would have gathered in a database that is in use. */
  void analyze() throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  /** All that was logged so far, in order. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    String mark = "";
    // A line that goes on with the statement of the line before begins with a tab.
    for (String line :
        Files.readString(file, StandardCharsets.UTF_8).replace("\n\t", "\t").split("\n", -1)) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.find()) {
        String sql = entry.group(3).replaceAll("\\s+", " ").strip();
        Matcher marked = MARK.matcher(sql);
        if (marked.matches()) {
          mark = marked.group(1);
        } else {
          entries.add(
              new Entry(
                  mark,
                  Step.valueOf(entry.group(2).toUpperCase(Locale.ROOT)),
                  sql,
                  Double.parseDouble(entry.group(1))));
        }
      }
    }
    return entries;
  }

  @Override
  public void close() throws SQLException {
    admin.close();
  }
}
