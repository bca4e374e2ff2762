package parley.message;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.platform.sql.Row;
import parley.user.UserId;

/** A message that was stored, and everybody who is to be told of it. */
public record Stored(Message message, Set<UserId> participants) {
  /**
   * The column that {@link #from} reads besides those of the message {@code m}: 37 characters a
   * participant, so that a group's thousand fit in a row of the Data API, which has 64 KB.
   */
  public static final String PARTICIPANTS =
      """
      (select string_agg(cast(p.user_id as text), ',')
       from participants p where p.conversation_id = m.conversation_id) as participants
      """;

  /** Reads the columns of the message {@code m} and {@link #PARTICIPANTS}. */
  public static Stored from(Row row) {
    return new Stored(
        Message.from(row),
        Stream.of(row.string("participants").split(","))
            .map(id -> new UserId(UUID.fromString(id)))
            .collect(Collectors.toUnmodifiableSet()));
  }
}
