package parley.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.sql.PlanDatabase;

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

  private static PlanDatabase database;

  @BeforeAll
  static void fill(@TempDir Path folder) throws SQLException, IOException {
    database = PlanDatabase.start(folder, MESSAGES);
  }

  @AfterAll
  static void stop() {
    database.close();
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
    assertThat(PlanDatabase.blocks(plan))
        .as("for 120 messages of 40,080 that fit")
        .isLessThan(3_000);
    assertThat(plan.path("Actual Rows").asLong()).isEqualTo(20);
  }

  private static JsonNode plan() throws SQLException, IOException {
    return database.plan(
        SearchRepository.PAGE,
        Map.of(
            "me", "'" + ME + "'",
            "conversation", "null",
            "text", "'same words'",
            "first", "true",
            "listed", "'{}'",
            "shown", "0",
            "before", "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "best", "50",
            "rows", "20",
            "ranked", "1000"));
  }
}
