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
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.postgres.PostgresServer;
import parley.platform.ChatException;
import parley.platform.Text;

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
      connection.setAutoCommit(false);
      for (String migration : Migrator.MIGRATIONS) {
        switch (migration) {
          case "V12__emojis" -> addReactions(connection);
          case "V13__text" -> addTexts(connection);
          case "V20__joining" -> addArrivals(connection);
          default -> {}
        }
        execute(connection, Migration.named(migration).text());
      }
      connection.commit();
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

  @Test
  void namesLoseWhatNobodySees() throws SQLException {
    assertThat(names())
        .containsExactly(
            "Ann",
            "Ben",
            "two lines",
            "txt.gpj",
            "\u2067עדה\u2069",
            "turned",
            "no_name",
            "Unnamed",
            "Ada\u2003L.",
            "עדה\u200f 👩‍🚀");
    assertThat(strings("select about_me from users where id = ?", id(13))).containsExactly("a\nb");
    assertThat(strings("select about_me from users where id = ?", id(14))).containsExactly("");
    assertThat(strings("select about_me from users where id = ?", id(15)))
        .containsExactly("\u2067one\u2069\n\ttwo");
    assertThat(strings("select title from conversations where id = ?", id(30)))
        .containsExactly("Team");
    assertThat(strings("select title from conversations where id = ?", id(31)))
        .containsExactly("Unnamed");
  }

  @Test
  void emailsLoseWhiteSpaceAroundThemUnlessTheyAreSomebodyElsesThen() throws SQLException {
    assertThat(strings("select email from users where id >= ? order by id", id(10)))
        .startsWith(
            "a@example.org",
            "ben@example.org\u00a0",
            "c@example.org",
            "c@example.org\u2007",
            "\u00a0@example.org",
            "in\u3000side@example.org");
  }

  @Test
  void sentencesNoLongerTurnRound() throws SQLException {
    assertThat(
            strings(
                "select content from messages where conversation_id = ? and kind = 'SYSTEM' order by seq",
                id(30)))
        .containsExactly("txt.gpj left", "Ann left");
    assertThat(strings("select content from messages where id = ?", id(42)))
        .as("what people wrote is theirs")
        .containsExactly("\u202eturned");
    assertThat(strings("select isolated('Ann')")).containsExactly("\u2068Ann\u2069");
  }

  @Test
  void membersHaveTheSeqAtWhichTheyLastCameIn() throws SQLException {
    assertThat(
            strings(
                "select joined_seq from participants where conversation_id = ? order by user_id",
                id(32)))
        .as("who was there from the start, was added, and joined again")
        .containsExactly("0", "2", "4");
  }

  @Test
  void whoSeesWhatHasChangedIsToldByCatchingUp() throws SQLException {
    String told = "select distinct audience from feed where type = ? and entity = ?";
    assertThat(strings(told, "ACCOUNT", id(10))).containsExactly(id(10).toString());
    assertThat(strings(told, "FRIEND", id(10))).containsExactly(ANN.toString());
    assertThat(strings(told, "ACCOUNT", ANN)).isEmpty();
    assertThat(strings(told, "CONVERSATION", id(30))).containsExactly(ANN.toString());
    assertThat(strings(told, "MESSAGE", id(40))).containsExactly(ANN.toString());
    assertThat(strings(told, "MESSAGE", id(41))).isEmpty();
  }

  /**
   * Walks the planes that have what shows nothing through the functions that the migration uses.
   */
  @Test
  void theMigrationHasTheRuleOfTheCode() throws SQLException {
    try (Connection connection = server.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      for (String statement : Migration.named("V13__text").statements()) {
        if (statement.contains("create function") && !statement.contains("isolated")) {
          execute(connection, statement);
        }
      }
      assertThat(wrong(connection, "cleaned_line(t.content)", Text::requireLine)).isEmpty();
      assertThat(wrong(connection, "shown(ordered(t.content))", Text::requireLines)).isEmpty();
      connection.rollback();
    }
  }

  /** The rule of the code for a text up to a length; gives what is kept of it. */
  private interface Rule {
    String require(String field, String text, int most);

    default Optional<String> kept(String text) {
      try {
        return Optional.of(require("name", text, 100));
      } catch (ChatException e) {
        return Optional.empty();
      }
    }
  }

  /** The texts of which the migration does not make what the code accepts. */
  private static List<String> wrong(Connection connection, String cleaned, Rule rule)
      throws SQLException {
    String sql =
        """
        select t.content, %s from (
          select concat(f.before, chr(i), f.after) as content
          from generate_series(1, 921599) i
          cross join (values ('', ''), ('a', 'b'), (chr(8295) || 'a', chr(8297))) f (before, after)
          where i < 13312 or f.before = '' and (i < 55296 or i between 57344 and 131071 or i >= 917504)) t
        """
            .formatted(cleaned);
    List<String> wrong = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(sql);
      while (rows.next()) {
        String made = rows.getString(2);
        Optional<String> kept = rule.kept(rows.getString(1));
        boolean right =
            kept.isPresent()
                ? kept.get().equals(made)
                : made.isEmpty() || rule.kept(made).filter(made::equals).isPresent();
        if (!right) {
          wrong.add(rows.getString(1));
        }
      }
    }
    return wrong;
  }

  private static List<String> names() throws SQLException {
    return strings("select name from users order by id");
  }

  private static void addTexts(Connection connection) throws SQLException {
    addUser(connection, 10, "a@example.org\u00a0", "two\nlines", null, null);
    addUser(connection, 11, "ben@example.org\u00a0", "txt.\u202egpj", null, null);
    addUser(connection, 12, "c@example.org\u00a0", "\u2067עדה\u2069", null, null);
    addUser(connection, 13, "c@example.org\u2007", "\u202e\u2066turned\u2069", null, "a\u000bb");
    addUser(connection, 14, "\u00a0@example.org", "\u200b", "no_name", "\u3164");
    addUser(connection, 15, "in\u3000side@example.org", "\u3164", null, "\u2067one\u2069\n\ttwo ");
    addUser(connection, 16, "d@example.org", "\u00a0Ada\u2003\u0007L.\ufeff", null, null);
    addUser(connection, 17, "e@example.org", "עדה\u200f 👩‍🚀", null, null);
    execute(
        connection,
        """
        insert into friendships (id, sender_id, receiver_id, status, created_at, answered_at)
        values ('%1$s', '%2$s', '%3$s', 'ACCEPTED', now(), now());
        insert into conversations (id, kind, title, history, member_count, created_at)
        values ('%4$s', 'GROUP', E'\\u202eTeam', 'ALL', 1, now()), ('%5$s', 'GROUP', E'\\u2800', 'ALL', 1, now());
        insert into participants (conversation_id, user_id, role) values ('%4$s', '%3$s', 'OWNER');
        insert into messages (id, conversation_id, sender_id, seq, kind, change, content, created_at)
        values ('%6$s', '%4$s', '%3$s', 1, 'SYSTEM', '{}', E'txt.\\u202egpj left', now()),
          ('%7$s', '%4$s', '%3$s', 2, 'SYSTEM', '{}', 'Ann left', now()),
          ('%8$s', '%4$s', '%3$s', 3, 'TEXT', null, E'\\u202eturned', now());
        """
            .formatted(id(20), id(10), ANN, id(30), id(31), id(40), id(41), id(42)));
  }

  private static void addArrivals(Connection connection) throws SQLException {
    execute(
        connection,
        """
        insert into conversations (id, kind, title, history, member_count, created_at)
        values ('%1$s', 'GROUP', 'Team', 'ALL', 3, now());
        insert into participants (conversation_id, user_id, role)
        values ('%1$s', '%2$s', 'OWNER'), ('%1$s', '%3$s', 'MEMBER'), ('%1$s', '%4$s', 'MEMBER');
        insert into messages (id, conversation_id, sender_id, seq, kind, change, content, created_at)
        select gen_random_uuid(), '%1$s', '%2$s', seq, 'SYSTEM', cast(change as jsonb), 'told', now()
        from (values (1, '{"type": "GROUP_CREATED", "userIds": []}'),
          (3, '{"type": "MEMBERS_ADDED", "userIds": ["%3$s", "%4$s"]}')) as told (seq, change);
        insert into messages (id, conversation_id, sender_id, seq, kind, change, content, created_at)
        values (gen_random_uuid(), '%1$s', '%4$s', 5, 'SYSTEM', '{"type": "MEMBER_JOINED"}', 'told', now());
        """
            .formatted(id(32), ANN, BEN, id(10)));
  }

  private static void addUser(
      Connection connection,
      long id,
      String email,
      String name,
      @Nullable String handle,
      @Nullable String aboutMe)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into users (id, email, name, handle, about_me, password_hash, created_at)
            values (?, ?, ?, ?, ?, '', now())
            """)) {
      statement.setObject(1, id(id));
      statement.setString(2, email);
      statement.setString(3, name);
      statement.setString(4, handle);
      statement.setString(5, aboutMe);
      statement.execute();
    }
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
