package parley.platform.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings the schema up to date: runs the migrations that it has not seen, all in one transaction,
 * and records each with its checksum. Running it twice, or twice at once, is safe.
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
          "V17__refreshing",
          "V18__group_limits",
          "V19__blocked_changes");

  private static final Pattern VERSION = Pattern.compile("V([0-9]+)__[a-z_]+");

  /** Statements end with a semicolon at the end of a line. */
  private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \t]*(?:\r?\n|$)");

  private final Sql sql;

  public Migrator(Sql sql) {
    this.sql = sql;
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
    return sql.inTransaction(this::runPending);
  }

  private List<String> runPending(Sql transaction) {
    transaction.statement("lock table schema_migrations in exclusive mode").execute();
    Map<Long, String> applied =
        transaction
            .statement("select version, checksum from schema_migrations")
            .list(row -> Map.entry(row.integer("version"), row.string("checksum")))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    List<String> ran = new ArrayList<>();
    for (Migration migration : MIGRATIONS.stream().map(Migration::new).toList()) {
      String known = applied.get(migration.version());
      if (known == null) {
        run(transaction, migration);
        ran.add(migration.file());
      } else if (!known.equals(migration.checksum())) {
        throw new IllegalStateException(
            migration.file() + " was changed after it ran; write a new migration instead");
      }
    }
    return ran;
  }

  private static void run(Sql transaction, Migration migration) {
    statements(migration.text()).forEach(statement -> transaction.statement(statement).execute());
    transaction
        .statement("insert into schema_migrations (version, checksum) values (:version, :checksum)")
        .bind("version", migration.version())
        .bind("checksum", migration.checksum())
        .execute();
  }

  static List<String> statements(String text) {
    return END_OF_STATEMENT
        .splitAsStream(text)
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  record Migration(long version, String file, String text) {
    Migration(String name) {
      this(version(name), "db/" + name + ".sql", read("db/" + name + ".sql"));
    }

    private static long version(String name) {
      Matcher matcher = VERSION.matcher(name);
      if (!matcher.matches()) {
        throw new IllegalStateException(name + " is no name of a migration");
      }
      return Long.parseLong(matcher.group(1));
    }

    String checksum() {
      try {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    private static String read(String file) {
      try (InputStream in = Migrator.class.getClassLoader().getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("the migration " + file + " is not in the jar");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
