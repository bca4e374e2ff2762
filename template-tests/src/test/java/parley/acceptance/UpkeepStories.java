package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.GrantStories.AUTHORIZER;
import static parley.acceptance.GrantStories.DELIVERY;
import static parley.acceptance.GrantStories.HTTP;
import static parley.acceptance.GrantStories.KEEPALIVE;
import static parley.acceptance.GrantStories.MIGRATION;
import static parley.acceptance.GrantStories.SOCKET;
import static parley.acceptance.GrantStories.SWEEP;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import parley.local.lambda.Invocation;

/** What the system does for itself: migrations, what the night brings, and the log. */
final class UpkeepStories {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private UpkeepStories() {}

  static List<GrantStory> all() {
    List<GrantStory> all = new ArrayList<>();
    all.add(
        GrantStory.of(MIGRATION, "a migration", friends -> migrate(friends.chat(), false))
            .cleanedBy(friends -> endTransactions(friends.chat())));
    all.add(
        GrantStory.of(MIGRATION, "a migration that fails", UpkeepStories::failingMigration)
            .cleanedBy(friends -> endTransactions(friends.chat())));
    all.add(GrantStory.of(SWEEP, "what disappears at night", UpkeepStories::night));
    logs()
        .forEach(
            (function, action) ->
                all.add(
                    GrantStory.ofLog(
                        function, friends -> logs(friends.chat(), function, action, friends))));
    return all;
  }

  private static void failingMigration(Friends friends) {
    try (Database database = friends.chat().openDatabase()) {
      String known =
          database.run("select checksum from schema_migrations where version = 1").getFirst();
      database.run("update schema_migrations set checksum = 'another' where version = 1");
      try {
        assertThat(migrate(friends.chat(), true)).contains("was changed after it ran");
        assertThat(
                database.run(
                    "select cast(pid as text) from pg_locks where mode = 'ExclusiveLock'"
                        + " and relation = 'schema_migrations'::regclass"))
            .as("who holds the table")
            .isEmpty();
      } finally {
        endTransactions(friends.chat());
        database.run(
            "update schema_migrations set checksum = '%s' where version = 1".formatted(known));
      }
    }
  }

  /** Ends what a function has left open that may not end it; the Data API takes three minutes. */
  private static void endTransactions(Chat chat) {
    try (Database database = chat.openDatabase()) {
      database.run(
          "select cast(pg_terminate_backend(pid) as text) from pg_stat_activity"
              + " where state like 'idle in transaction%'");
    }
  }

  /**
   * Runs the migration.
   *
   * @param fails whether it must
   */
  private static String migrate(Chat chat, boolean fails) {
    Invocation invocation = chat.invoke(chat.function(MIGRATION), "{}");
    String answer = new String(invocation.payload(), StandardCharsets.UTF_8);
    assertThat(invocation.failed()).as(answer).isEqualTo(fails);
    return answer;
  }

  private static void night(Friends friends) {
    String message = friends.ann().sent(friends.conversation(), "gone by dawn");
    try (Database database = friends.chat().openDatabase()) {
      database.run(
          "update messages set expires_at = now() - interval '1 second' where id = '%s'"
              .formatted(message));
      Instant now = friends.chat().clock().instant();
      friends
          .chat()
          .runScheduled(SWEEP, now.atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant());
      assertThat(database.run("select content from messages where id = '%s'".formatted(message)))
          .isEmpty();
    }
  }

  /** What has each function say something. */
  private static Map<String, Consumer<Friends>> logs() {
    return Map.of(
        AUTHORIZER, friends -> friends.ann().phone().close(),
        SOCKET, friends -> friends.ann().phone().close(),
        DELIVERY, friends -> RawSocket.open(friends.chat()).close(),
        HTTP, friends -> friends.ann().list("/friends"),
        KEEPALIVE, friends -> friends.chat().runScheduled(KEEPALIVE, NOON),
        SWEEP, friends -> friends.chat().runScheduled(SWEEP, NOON),
        MIGRATION, friends -> migrate(friends.chat(), false));
  }

  private static void logs(Chat chat, String function, Consumer<Friends> action, Friends friends) {
    int before = chat.log().size();
    action.accept(friends);
    Eventually.await(
        function + " logs a line",
        () ->
            chat.log().stream()
                .skip(before)
                .anyMatch(line -> line.contains("\"function\":\"" + function + "\"")));
  }
}
