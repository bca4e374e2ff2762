package parley.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import parley.platform.ChatException;
import parley.platform.sql.Row;
import parley.platform.sql.Sql;
import parley.platform.sql.SqlException;

/**
 * The client ids of messages that were removed, because they disappeared or their group ended. The
 * triggers of V21 keep them, and refuse a message that is sent under one of them again.
 */
public final class SpentClientIdRepository {
  /** How long after a message was sent its client id is kept, also if the message is removed. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final int BATCH = 10_000;

  private final Sql sql;

  public SpentClientIdRepository(Sql sql) {
    this.sql = sql;
  }

  /** Whether a statement was rolled back because it would have stored a message under one. */
  public static boolean refuse(SqlException e) {
    return e.violatesCheck("messages_client_id_spent");
  }

  /**
   * The statement that finds what {@code :sender} has stored under {@code :client_id}, a text, null
   * for none; {@link #found} reads its one row.
   *
   * @param condition which messages {@code m} of this sender it finds
   */
  public static String finding(String condition) {
    return """
        select found.*, exists (
          select from spent_client_ids s
          where s.sender_id = :sender and s.client_id = cast(:client_id as text)) as spent
        from (values (1)) one left join (
        """
        + Stored.FOUND
        + "where m.sender_id = :sender and "
        + condition
        + ") found on true";
  }

  /**
   * Reads the row of {@link #finding}.
   *
   * @param gone what is told if nothing is found and the client id is spent
   */
  public static Optional<Stored> found(Row row, Supplier<ChatException> gone) {
    Optional<Stored> found = row.joined("id", Stored::from);
    if (found.isEmpty() && row.flag("spent")) {
      throw gone.get();
    }
    return found;
  }

  /** Deletes those that are not kept any more at this time. */
  public void trim(Instant now) {
    long trimmed = BATCH;
    while (trimmed == BATCH) {
      trimmed =
          sql.statement(
                  """
                  with trimmed as (
                    delete from spent_client_ids where (sender_id, client_id) in (
                      select sender_id, client_id from spent_client_ids
                      where sent_at < :before
                      limit :batch)
                    returning client_id
                  )
                  select count(*) as trimmed from trimmed
                  """)
              .bind("before", now.minus(KEPT))
              .bind("batch", BATCH)
              .first(row -> row.integer("trimmed"))
              .orElse(0L);
    }
  }
}
