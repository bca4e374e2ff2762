package parley.platform.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Brings the schema up to date: runs the migrations that it has not seen, and records each with its
 * checksum. Running it twice, or twice at once, is safe.
 *
 * <p>Migrations that follow each other share one transaction. One whose file begins with {@code --
 * no transaction} has none, for {@code create index concurrently} or a backfill that must not lock
 * what it fills: each of its statements is repeated until it has succeeded, and must allow it
 * ({@code if not exists}). What runs before it stays if it fails.
 *
 * <p>It is ours because Flyway and Liquibase speak JDBC and cannot use the Data API.
 */
public final class Migrator {
  /** In their order, {@code V<version>__<name>}: their files are in {@code db}. */
  static final List<String> MIGRATIONS =
      List.of(
          "V1__chat",
          "V2__feed",
          "V3__people",
          "V4__groups",
          "V5__messages",
          "V6__marks",
          "V7__receipts",
          "V8__presence",
          "V9__adding",
          "V10__clearing",
          "V11__pins",
          "V12__emojis",
          "V13__text",
          "V14__search",
          "V15__people_search",
          "V16__feed_restart",
          "V17__refreshing",
          "V18__group_limits",
          "V19__blocked_changes",
          "V20__joining",
          "V21__spent_client_ids",
          "V22__profiles",
          "V23__invite_ends",
          "V24__profile_limit",
          "V30__seen_to_write",
          "V31__send_message");

  private final Sql sql;
  private final List<Migration> migrations;

  public Migrator(Sql sql) {
    this(sql, MIGRATIONS.stream().map(Migration::named).toList());
  }

  Migrator(Sql sql, List<Migration> migrations) {
    this.sql = sql;
    this.migrations = List.copyOf(migrations);
  }

  /**
   * Migrates.
   *
   * @return the migrations that were run, none if the schema was up to date
   * @throws IllegalStateException if a migration that ran before has been changed since
   */
  public List<String> migrate() {
    sql.statement(
            """
            create table if not exists schema_migrations (
              version bigint primary key,
              checksum text not null,
              applied_at timestamptz(3) not null default now()
            )
            """)
        .execute();
    return steps().stream().map(this::run).flatMap(List::stream).toList();
  }

  /** The migrations in their order, those together that share a transaction. */
  private List<List<Migration>> steps() {
    List<List<Migration>> steps = new ArrayList<>();
    boolean alone = true;
    for (Migration migration : migrations) {
      if (alone || migration.hasNoTransaction()) {
        steps.add(new ArrayList<>());
      }
      steps.getLast().add(migration);
      alone = migration.hasNoTransaction();
    }
    return steps;
  }

  private List<String> run(List<Migration> step) {
    List<Migration> ran =
        step.getFirst().hasNoTransaction()
            ? runAlone(step)
            : sql.inTransaction(transaction -> runTogether(transaction, step));
    return ran.stream().map(Migration::name).toList();
  }

  private static List<Migration> runTogether(Sql transaction, List<Migration> step) {
    transaction.statement("lock table schema_migrations in exclusive mode").execute();
    List<Migration> pending = pending(transaction, step);
    for (Migration migration : pending) {
      migration.statements().forEach(statement -> LongStatements.run(transaction, statement));
      record(transaction, migration);
    }
    return pending;
  }

  /**
   * Not under the lock: while an index is built concurrently, Postgres waits for transactions that
   * were there before. Two runs at once do no harm, because each statement may be repeated.
   */
  private List<Migration> runAlone(List<Migration> step) {
    List<Migration> pending = pending(sql, step);
    for (Migration migration : pending) {
      migration
          .statements()
          .forEach(statement -> LongStatements.runAlone(sql, migration.name(), statement));
      record(sql, migration);
    }
    return pending;
  }

  private static List<Migration> pending(Sql sql, List<Migration> step) {
    Map<Long, String> applied =
        sql
            .statement("select version, checksum from schema_migrations")
            .list(row -> Map.entry(row.integer("version"), row.string("checksum")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    for (Migration migration : step) {
      String known = applied.get(migration.version());
      if (known != null && !known.equals(migration.checksum())) {
        throw new IllegalStateException(
            migration.name() + " was changed after it ran; write a new migration instead");
      }
    }
    return step.stream().filter(migration -> !applied.containsKey(migration.version())).toList();
  }

  private static void record(Sql sql, Migration migration) {
    sql.statement(
            """
            insert into schema_migrations (version, checksum) values (:version, :checksum)
            on conflict do nothing
            """)
        .bind("version", migration.version())
        .bind("checksum", migration.checksum())
        .execute();
  }
}
