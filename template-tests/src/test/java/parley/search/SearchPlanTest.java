package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.postgres.PostgresServer;

/**
 * How Postgres runs the product's own search of one user, with three conversations of 40 messages
 * each, among 40,000 messages of others that all have the same words.
 */
class SearchPlanTest {
  private static final String ME = "00000000-0000-0000-0000-000000000001";

  private static final String MESSAGES =
      """
      insert into users (id, email, name, password_hash, created_at)
      select cast(lpad(to_hex(n), 32, '0') as uuid), n || '@example.org', 'Name', '', now()
      from generate_series(1, 1004) n;
      insert into conversations (id, user_low, user_high, created_at)
      select gen_random_uuid(), cast(lpad(to_hex(case when n < 4 then 1 else 2 end), 32, '0') as uuid),
        cast(lpad(to_hex(n + 2), 32, '0') as uuid), now()
      from generate_series(1, 1002) n;
      insert into participants (conversation_id, user_id)
      select id, user_low from conversations union all select id, user_high from conversations;
      insert into messages (id, conversation_id, sender_id, seq, content, created_at)
      select gen_random_uuid(), c.id, c.user_high, n, 'the same words everywhere ' || n, now()
      from conversations c, generate_series(1, 40) n;
      """;

  private static PostgresServer server;

  @BeforeAll
  static void fill(@TempDir Path folder) throws SQLException, IOException {
    server = PostgresServer.start(folder, "parley");
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String migration :
          List.of(
              "V1__chat", "V2__feed", "V3__people", "V4__groups", "V5__messages", "V6__marks")) {
        statement.execute(migration(migration));
      }
      statement.execute(MESSAGES);
      statement.execute("vacuum analyze");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSearchReadsNoTableAsAWholeAndTakesTheIndexOfWords() throws SQLException, IOException {
    JsonNode plan = plan();

    assertThat(plan.findParents("Relation Name"))
        .filteredOn(node -> node.path("Relation Name").asText().equals("messages"))
        .isNotEmpty()
        .noneSatisfy(node -> assertThat(node.path("Node Type").asText()).isEqualTo("Seq Scan"));
    assertThat(plan.findValuesAsText("Index Name")).contains("messages_search");
  }

  @Test
  void aSearchTouchesNoMoreThanOnesOwnConversations() throws SQLException, IOException {
    JsonNode plan = plan();

    assertThat(plan.findParents("Relation Name"))
        .filteredOn(node -> node.path("Relation Name").asText().equals("messages"))
        .allSatisfy(
            node ->
                assertThat(node.path("Actual Rows").asLong())
                    .as("rows at once, of one conversation: %s", node)
                    .isLessThanOrEqualTo(40));
    assertThat(plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong())
        .as("for 120 messages of 40,080 that fit")
        .isLessThan(3_000);
    assertThat(plan.path("Actual Rows").asLong()).isEqualTo(20);
  }

  private static JsonNode plan() throws SQLException, IOException {
    String page =
        SearchRepository.PAGE
            .replace(":me", "'" + ME + "'")
            .replace(":conversation", "null")
            .replace(":text", "'same words'")
            .replace(":after", "null")
            .replace(":limit", "20")
            .replace(":ranked", "1000");
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("explain (analyze, buffers, format json) " + page)) {
      rows.next();
      return new ObjectMapper().readTree(rows.getString(1)).path(0).path("Plan");
    }
  }

  private static String migration(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SearchRepository.class.getResourceAsStream("/db/" + name + ".sql"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
