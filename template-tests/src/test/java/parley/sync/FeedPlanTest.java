package parley.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.platform.sql.PlanDatabase;

/**
 * How Postgres runs the product's own statement for a page of the feed: for an account with little
 * in its feed, one with a hundred times that, one that shares the feeds of 300 conversations, and
 * one that knows 300 people whom very many others know.
 */
class FeedPlanTest {
  private static final String SMALL = "00000000-0000-0000-0000-00000000aaaa";
  private static final String LONG = "00000000-0000-0000-0000-00000000bbbb";
  private static final String WIDE = "00000000-0000-0000-0000-00000000cccc";
  private static final String FAN = "00000000-0000-0000-0000-00000000dddd";

  /** From the root of an index to a row. */
  private static final int DESCENT = 4;

  private static final String ACCOUNTS =
      """
      insert into users (id, email, name, password_hash, created_at)
      select id, id || '@example.org', 'Name', '', now() from (
        select cast(lpad(to_hex(n), 32, '0') as uuid) as id from generate_series(1, 300) n
        union all select cast('%1$s' as uuid)
        union all select cast('%2$s' as uuid)
        union all select cast('%3$s' as uuid)
        union all select cast('%4$s' as uuid)) people;
      insert into conversations (id, user_low, user_high, created_at)
      select id, least(id, cast('%3$s' as uuid)), greatest(id, cast('%3$s' as uuid)), now()
      from users where id not in ('%1$s', '%2$s', '%3$s', '%4$s');
      insert into participants (conversation_id, user_id, shares_feed)
      select id, '%3$s', true from conversations;
      insert into feed (audience, xid, type, entity)
      select '%1$s', cast(cast(n as text) as xid8), 'MESSAGE', gen_random_uuid()
      from generate_series(101, 600) n;
      insert into feed (audience, xid, type, entity)
      select '%2$s', cast(cast(n / 100 + 101 as text) as xid8), 'MESSAGE', gen_random_uuid()
      from generate_series(0, 49999) n;
      insert into feed (audience, xid, type, entity)
      select c.id, cast(cast(n + 101 as text) as xid8), 'MESSAGE', gen_random_uuid()
      from conversations c, generate_series(0, 99) n;
      insert into contacts (user_id, contact_id, shares_feed)
      select '%4$s', user_low, true from conversations;
      insert into feed (audience, xid, type, entity)
      select profile_feed(user_low), '101', 'USER', user_low from conversations;
      """
          .formatted(SMALL, LONG, WIDE, FAN);

  private static PlanDatabase database;

  @BeforeAll
  static void fill(@TempDir Path folder) throws SQLException, IOException {
    database = PlanDatabase.start(folder, ACCOUNTS);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void noPageReadsTheWholeFeed() throws SQLException, IOException {
    assertThat(plan(WIDE, 150, 50).findParents("Relation Name"))
        .filteredOn(node -> node.path("Relation Name").asText().equals("feed"))
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.path("Node Type").asText()).startsWith("Index"));
  }

  /** Where the rows lie is luck, and so is how many of them share a block. */
  @Test
  void aPageTakesABlockForEachOfItsRowsAtMostHoweverLongTheFeedIs()
      throws SQLException, IOException {
    for (String user : List.of(SMALL, LONG)) {
      assertThat(blocks(user, 150, 50)).as(user).isLessThanOrEqualTo(50 + 3 * DESCENT);
    }
    assertThat(blocks(LONG, 100, 50_000)).as("all of it").isGreaterThan(10 * (50 + 3 * DESCENT));
  }

  @Test
  void aSharedFeedWithNothingNewIsOneDescentOfTheIndex() throws SQLException, IOException {
    assertThat(blocks(WIDE, 600, 50)).isLessThan(blocks(SMALL, 600, 50) + 300 * 4);
  }

  @Test
  void aContactOfManyIsOneDescentOfTheIndexAndOthersCostNothing() throws SQLException, IOException {
    assertThat(blocks(FAN, 600, 50)).isLessThan(blocks(SMALL, 600, 50) + 300 * 4);
    assertThat(
            plan(SMALL, 600, 50).findParents("Relation Name").stream()
                .filter(node -> node.path("Relation Name").asText().equals("contacts"))
                .mapToLong(PlanDatabase::blocks)
                .sum())
        .isLessThanOrEqualTo(DESCENT);
  }

  @Test
  void aPageAtTheEndOfTheFeedCostsLessThanAFullOne() throws SQLException, IOException {
    assertThat(blocks(SMALL, 600, 50)).isLessThan(blocks(SMALL, 200, 50));
    assertThat(blocks(SMALL, 200, 10)).isLessThan(blocks(SMALL, 200, 100));
  }

  /** What the page took of the feed and its indexes, without the catalogs. */
  private static long blocks(String user, long after, int limit) throws SQLException, IOException {
    return plan(user, after, limit).findParents("Relation Name").stream()
        .filter(node -> node.path("Relation Name").asText().equals("feed"))
        .mapToLong(PlanDatabase::blocks)
        .sum();
  }

  /** The plan of the page after a position, with what it took. */
  private static JsonNode plan(String user, long after, int limit)
      throws SQLException, IOException {
    return database.plan(
        FeedRepository.PAGE,
        Map.of(
            "me",
            "'" + user + "'",
            "xid",
            "'" + after + "'",
            "id",
            "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "limit",
            Integer.toString(limit)));
  }
}
