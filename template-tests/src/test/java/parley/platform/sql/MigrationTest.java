package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.postgres.PostgresServer;

/** What migrations make of rows that were stored before them. */
class MigrationTest {
  private static final UUID ANN = id(1);
  private static final UUID BEN = id(2);
  private static final UUID CONVERSATION = id(3);
  private static final UUID MESSAGE = id(4);
  private static final UUID UNTOUCHED = id(5);

  private static PostgresServer server;

  @BeforeAll
  static void migrateWhatWasThereBefore(@TempDir Path folder) throws SQLException {
    server = PostgresServer.start(folder, "parley");
    try (Connection connection = server.dataSource().getConnection()) {
      for (String migration : Migrator.MIGRATIONS) {
        switch (migration) {
          case "V12__emojis" -> addReactions(connection);
          default -> {}
        }
        execute(connection, Migration.named(migration).text());
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void spellingsOfOneEmojiBecomeOneReaction() throws SQLException {
    assertThat(emojis(MESSAGE, ANN)).containsExactly("❤️", "😀", "🕵🏻‍♂️", "1️⃣");
    assertThat(emojis(MESSAGE, BEN)).containsExactly("🕵️‍♂️", "👍");
    assertThat(emojis(UNTOUCHED, ANN)).containsExactly("❤️", "👩🏽‍❤️‍💋‍👨🏻", "🇹🇷");
    assertThat(emojis(UNTOUCHED, BEN)).isEmpty();
    assertThat(strings("select message_reactions(?, ?)", MESSAGE, BEN))
        .containsExactly("1️⃣ 1 f ❤️ 1 f 👍 1 t 🕵️‍♂️ 1 t 🕵🏻‍♂️ 1 f 😀 1 f");
  }

  @Test
  void whoSeesAMessageWhoseReactionsChangedIsToldByCatchingUp() throws SQLException {
    assertThat(strings("select audience from feed where type = 'MESSAGE' and entity = ?", MESSAGE))
        .containsExactlyInAnyOrder(ANN.toString(), BEN.toString());
    assertThat(
            strings("select audience from feed where type = 'MESSAGE' and entity = ?", UNTOUCHED))
        .isEmpty();
  }

  private static void addReactions(Connection connection) throws SQLException {
    execute(
        connection,
        """
        insert into users (id, email, name, password_hash, created_at)
        values ('%1$s', 'ann@example.org', 'Ann', '', now()), ('%2$s', 'ben@example.org', 'Ben', '', now());
        insert into conversations (id, user_low, user_high, created_at) values ('%3$s', '%1$s', '%2$s', now());
        insert into participants (conversation_id, user_id) values ('%3$s', '%1$s'), ('%3$s', '%2$s');
        insert into messages (id, conversation_id, sender_id, seq, content, created_at)
        values ('%4$s', '%3$s', '%1$s', 1, 'Hello', now()), ('%5$s', '%3$s', '%1$s', 2, 'Hello', now());
        """
            .formatted(ANN, BEN, CONVERSATION, MESSAGE, UNTOUCHED));
    react(connection, MESSAGE, ANN, "❤", "😀", "❤️", "🕵🏻\u200d♂", "1\u20e3");
    react(connection, MESSAGE, BEN, "🕵\u200d♂\ufe0f", "👍\u200d", "👍");
    react(connection, UNTOUCHED, ANN, "❤️", "👩🏽‍❤️‍💋‍👨🏻", "🇹🇷");
    react(connection, UNTOUCHED, BEN);
  }

  private static void react(Connection connection, UUID message, UUID user, String... emojis)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into reactions values (?, ?, ?, false)")) {
      statement.setObject(1, message);
      statement.setObject(2, user);
      statement.setArray(3, connection.createArrayOf("text", emojis));
      statement.execute();
    }
  }

  private static List<String> emojis(UUID message, UUID user) throws SQLException {
    return strings(
        "select unnest(emojis) from reactions where message_id = ? and user_id = ?", message, user);
  }

  private static List<String> strings(String sql, Object... parameters) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static UUID id(long number) {
    return new UUID(0, number);
  }
}
