package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.local.aws.AwsEndpoint;
import parley.local.aws.CallLedger;
import parley.local.aws.Callers;
import parley.local.aws.InMemoryHttpClient;
import parley.local.postgres.PostgresServer;
import parley.local.rdsdata.RdsDataService;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.platform.log.Level;
import parley.platform.log.Log;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Migrations whose statements take longer than a call of the Data API has, which is a second here.
 * The table is as big as a test wants: going through its rows ends when the gate is opened.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class LongMigrationTest {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(1);

  private static final String BIG_TABLE =
      """
      create table big as select n, 0 as filled from generate_series(1, 40) n;
      create function slow(n integer) returns integer immutable language plpgsql as
        $$ begin perform pg_advisory_lock_shared(1), pg_advisory_unlock_shared(1); return n; end $$;
      """;

  private static final String INDEX =
      "-- no transaction\ncreate index concurrently if not exists big_slow on big (slow(n));\n";

  private static final Log LOG =
      new Log("MigrationFunction", "test", Level.ERROR, Clock.systemUTC(), line -> {});

  private PostgresServer postgres;
  private RdsDataService dataApi;
  private AwsClients aws;
  private Sql sql;
  private Connection gate;

  @BeforeAll
  void start(@TempDir Path folder) {
    postgres = PostgresServer.start(folder, "parley");
    dataApi =
        new RdsDataService(
            "arn:cluster",
            Map.of("arn:secret", postgres.dataSource()),
            Clock.systemUTC(),
            CALL_LIMIT);
    AwsEndpoint endpoint =
        new AwsEndpoint(new Callers(new CallLedger(Clock.systemUTC())), fault -> {});
    endpoint.add(dataApi);
    aws =
        new AwsClients(
            () -> new InMemoryHttpClient(endpoint),
            builder ->
                builder
                    .region(Region.US_EAST_1)
                    .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("me", "me"))));
    sql = sql(Sleeper.SYSTEM);
  }

  @AfterAll
  void stop() {
    dataApi.close();
    postgres.close();
  }

  @BeforeEach
  void anEmptySchemaAndAClosedGate() throws SQLException {
    sql.statement("drop schema public cascade").execute();
    sql.statement("create schema public").execute();
    gate = postgres.dataSource().getConnection();
    execute(gate, "select pg_advisory_lock(1)");
  }

  @AfterEach
  void openTheGate() throws SQLException {
    gate.close();
  }

  @Test
  void aStatementOfTheTransactionGoesOnWhenItsCallHasTimedOut() {
    List<String> ran =
        migrate(
            this::open,
            migration(1, BIG_TABLE),
            migration(2, "update big set filled = slow(n);\ncreate table small ();\n"));

    assertThat(ran).containsExactly("db/V1__test.sql", "db/V2__test.sql");
    assertThat(count("big where filled = n")).isEqualTo(40);
    assertThat(count("pg_class where relname = 'small'")).isEqualTo(1);
    assertThat(count("schema_migrations")).isEqualTo(2);
  }

  @Test
  void aStatementThatFailsAfterItsCallHasTimedOutUndoesTheWholeTransaction() {
    assertThatThrownBy(
            () ->
                migrate(
                    this::open,
                    migration(1, BIG_TABLE),
                    migration(2, "update big set filled = 1 / (slow(n) - 40);\n")))
        .isInstanceOf(SqlException.class);

    assertThat(count("pg_class where relname = 'big'")).isZero();
    assertThat(count("schema_migrations")).isZero();
  }

  @Test
  void anIndexIsBuiltOutsideOfTheTransactionWhileOthersWriteToItsTable() {
    migrate(this::open, migration(1, BIG_TABLE));
    Migration[] all = {
      migration(1, BIG_TABLE),
      migration(2, "alter table big add column note text;\n"),
      migration(3, INDEX),
      migration(4, "alter table big drop column note;\n")
    };
    List<String> written = new ArrayList<>();

    List<String> ran =
        migrate(
            () -> {
              sql.statement("insert into big values (41, 0)").execute();
              written.add("while %d indexes were built".formatted(building()));
              open();
            },
            all);

    assertThat(ran).containsExactly("db/V2__test.sql", "db/V3__test.sql", "db/V4__test.sql");
    assertThat(written).first().isEqualTo("while 1 indexes were built");
    assertThat(validIndexes()).isEqualTo(1);
    assertThat(count("schema_migrations")).isEqualTo(4);
    assertThat(migrate(this::open, all)).as("a second run").isEmpty();
  }

  @Test
  void anIndexThatOutlivesItsFunctionIsAwaitedByTheNextOne() {
    migrate(this::open, migration(1, BIG_TABLE));
    Migration[] all = {migration(1, BIG_TABLE), migration(2, INDEX)};

    assertThatThrownBy(
            () ->
                LOG.invocation(
                    "r1", () -> Duration.ofMillis(3_500), () -> migrate(this::open, all)))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    assertThat(building()).isEqualTo(1);
    assertThat(count("schema_migrations")).isEqualTo(1);

    List<Long> awaited = new ArrayList<>();
    List<String> ran =
        migrate(
            () -> {
              awaited.add(building());
              open();
            },
            all);

    assertThat(ran).containsExactly("db/V2__test.sql");
    assertThat(awaited).first().isEqualTo(1L);
    assertThat(validIndexes()).isEqualTo(1);
  }

  @Test
  void anIndexThatCannotBeBuiltFailsTheMigrationAndIsBuiltAnewWhenItCan() {
    Migration[] all = {
      migration(1, BIG_TABLE + "insert into big values (40, 0);\n"),
      migration(2, INDEX.replace("create index", "create unique index"))
    };

    assertThatThrownBy(() -> migrate(this::open, all))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the index big_slow of db/V2__test.sql was not built");
    sql.statement("delete from big where n = 40").execute();

    assertThat(migrate(this::open, all)).containsExactly("db/V2__test.sql");
    assertThat(validIndexes()).isEqualTo(1);
  }

  /**
   * Migrates.
   *
   * @param pausing done whenever the migrator pauses, because a statement runs on
   */
  private List<String> migrate(Runnable pausing, Migration... migrations) {
    Sleeper sleeper =
        pause -> {
          pausing.run();
          Sleeper.SYSTEM.sleep(Duration.ofMillis(50));
        };
    return new Migrator(sql(sleeper), List.of(migrations)).migrate();
  }

  private static Migration migration(long version, String text) {
    return new Migration(version, "db/V%d__test.sql".formatted(version), text);
  }

  private void open() {
    try {
      execute(gate, "select pg_advisory_unlock_all()");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private long validIndexes() {
    return count("pg_index where indexrelid = to_regclass('big_slow') and indisvalid");
  }

  private long building() {
    return count("pg_stat_progress_create_index");
  }

  private long count(String rows) {
    return sql.statement("select count(*) as number from " + rows)
        .first(row -> row.integer("number"))
        .orElseThrow();
  }

  private Sql sql(Sleeper sleeper) {
    Config config =
        new Config(
            Map.of(
                Setting.DATABASE_NAME.name(), "parley",
                Setting.DATABASE_ARN.name(), "arn:cluster"));
    return new Sql(aws.rdsData(), config, "arn:secret", sleeper);
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
