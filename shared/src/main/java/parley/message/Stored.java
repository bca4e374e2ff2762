package parley.message;

import java.util.Set;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * A message that was stored, and everybody who is to be told: the participants who may read it.
 *
 * <p>They are read as one text of 37 characters each, so that a group's thousand fit in a row of
 * the Data API, which has 64 KB.
 */
public record Stored(Message message, Set<UserId> audience) {
  /** The column that {@link #from} reads besides those of the message, of the CTE audience. */
  public static final String AUDIENCE =
      "(select string_agg(cast(user_id as text), ',') from audience) as audience ";

  /**
   * Reads messages {@code m} that were stored before, as their senders see them, and who else sees
   * the same; a condition follows.
   */
  public static final String FOUND =
      """
      select m.*, (
        select string_agg(cast(v.reader_id as text), ',')
        from visible_messages v
        where v.id = m.id and (m.kept is null or v.reader_id = m.sender_id)) as audience
      from messages m
      """;

  /** Reads the columns of a message and {@link #AUDIENCE}. */
  public static Stored from(Row row) {
    return new Stored(Message.from(row), UserId.set(row, "audience"));
  }
}
