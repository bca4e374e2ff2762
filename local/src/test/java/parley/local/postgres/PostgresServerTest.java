package parley.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresServerTest {
  @TempDir Path folder;

  @Test
  void dataSurvivesAnImmediateStopAndARestart() throws SQLException {
    try (PostgresServer server = PostgresServer.start(folder, "parley")) {
      execute(server, "create table kept(x int)");
      execute(server, "insert into kept values (1)");
      server.stopImmediate();
      assertThatThrownBy(() -> query(server, "select 1")).isInstanceOf(SQLException.class);
      server.start();
      assertThat(query(server, "select x from kept")).isEqualTo("1");
    }
    try (PostgresServer server = PostgresServer.start(folder, "parley")) {
      assertThat(query(server, "select x from kept")).isEqualTo("1");
    }
  }

  @Test
  void aRoleLogsInWithItsPasswordOnly() throws SQLException {
    try (PostgresServer server = PostgresServer.start(folder, "parley")) {
      execute(server, "create role serving login password 'right'");
      PGSimpleDataSource serving = server.dataSource();
      serving.setUser("serving");
      serving.setPassword("wrong");
      assertThatThrownBy(serving::getConnection).hasMessageContaining("password");
      serving.setPassword("right");
      serving.getConnection().close();
    }
  }

  @Test
  void anotherServerIsNamedByAUrlOfEitherForm() {
    PGSimpleDataSource source = DatabaseUrl.parse("postgres://me:p%40ss@db.example:5433/chat");
    assertThat(source.getUrl()).contains("db.example:5433/chat");
    assertThat(source.getUser()).isEqualTo("me");
    assertThat(source.getPassword()).isEqualTo("p@ss");
    PGSimpleDataSource jdbc = DatabaseUrl.parse("jdbc:postgresql://other/chat?user=you");
    assertThat(jdbc.getUser()).isEqualTo("you");
    assertThatThrownBy(() -> DatabaseUrl.parse("mysql://me:secret@x/y"))
        .hasMessageContaining("DATABASE_URL")
        .hasMessageNotContaining("me:secret");
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
