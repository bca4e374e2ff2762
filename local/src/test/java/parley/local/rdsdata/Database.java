package parley.local.rdsdata;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The Postgres that the tests which do not stop it share; it ends with the JVM. */
final class Database {
  private static final EmbeddedPostgres POSTGRES = start();

  private Database() {}

  static DataSource source() {
    return POSTGRES.getPostgresDatabase();
  }

  static void run(String... statements) throws SQLException {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
