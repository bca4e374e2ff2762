package parley.platform.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;

/**
 * Runs statements that may take longer than a call of the Data API, which has 45 s. Such a
 * statement goes on after its call has timed out, and its end is waited for while the invocation
 * has time; after that there is a {@link parley.platform.ErrorCode#SERVICE_UNAVAILABLE}.
 */
final class LongStatements {
  private static final Pattern CONCURRENT_INDEX =
      Pattern.compile(
          "create\\s+(?:unique\\s+)?index\\s+concurrently\\s+(if\\s+not\\s+exists\\s+)?(\\w+)");

  private static final String STILL_RUNNING = "a migration takes longer than its function may";

  private LongStatements() {}

  /**
   * Runs a statement of a transaction to its end. If the invocation ends before it, the Data API
   * ends the transaction three minutes later.
   *
   * @throws SqlException if it fails; of one that fails after its call has timed out only that the
   *     transaction is aborted (25P02)
   */
  static void run(Sql transaction, String text) {
    try {
      transaction.statement(text).executeContinuing();
    } catch (StatementTimeoutException e) {
      while (isBusy(transaction)) {
        transaction.pause(STILL_RUNNING, e);
      }
    }
  }

  /** A transaction takes no statement while it runs another one. */
  private static boolean isBusy(Sql transaction) {
    try {
      transaction.statement("select 1").executeContinuing();
      return false;
    } catch (StatementTimeoutException e) {
      return true;
    } catch (SqlException e) {
      if (e.isOfBusyTransaction()) {
        return true;
      }
      throw e;
    }
  }

  /**
   * Runs a statement by itself to its end. It must be good to run again: that is how its success is
   * known after its call has timed out, and how the next invocation goes on if this one ends before
   * it.
   *
   * @param name by which Postgres shows the statement while it runs
   * @throws IllegalStateException naming the index, if one was not built; the next run drops what
   *     is left of it first
   */
  static void runAlone(Sql sql, String name, String text) {
    Optional<String> index = concurrentIndex(text);
    awaitEnd(sql, name);
    if (index.isPresent() && isInvalid(sql, index.get())) {
      repeat(sql, name, "drop index concurrently if exists " + index.get());
    }
    repeat(sql, name, text);
    if (index.isPresent() && isInvalid(sql, index.get())) {
      throw new IllegalStateException(
          "the index %s of %s was not built".formatted(index.get(), name));
    }
  }

  private static void repeat(Sql sql, String name, String text) {
    while (true) {
      try {
        sql.statement(marker(name) + text).executeContinuing();
        return;
      } catch (StatementTimeoutException e) {
        awaitEnd(sql, name);
      }
    }
  }

  private static void awaitEnd(Sql sql, String name) {
    while (isRunning(sql, name)) {
      sql.pause(STILL_RUNNING, null);
    }
  }

  private static boolean isRunning(Sql sql, String name) {
    return sql.statement(
            """
            select exists (
              select from pg_stat_activity
              where datname = current_database() and state = 'active' and pid <> pg_backend_pid()
                and position(:marker in query) > 0
            ) as running
            """)
        .bind("marker", marker(name))
        .first(row -> row.flag("running"))
        .orElseThrow();
  }

  private static String marker(String name) {
    return "/* " + name + " */ ";
  }

  private static Optional<String> concurrentIndex(String text) {
    Matcher matcher = CONCURRENT_INDEX.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    if (matcher.group(1) == null) {
      throw new IllegalStateException(
          "%s cannot be repeated: it must be made if not exists".formatted(matcher.group()));
    }
    return Optional.of(matcher.group(2));
  }

  /** Whether an index is there that is not whole: its building was cut off, or failed. */
  private static boolean isInvalid(Sql sql, String index) {
    return sql.statement(
            """
            select exists (
              select from pg_index where indexrelid = to_regclass(:index) and not indisvalid
            ) as invalid
            """)
        .bind("index", index)
        .first(row -> row.flag("invalid"))
        .orElseThrow();
  }
}
