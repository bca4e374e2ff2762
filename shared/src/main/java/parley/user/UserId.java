package parley.user;

import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.platform.sql.Row;

/** The id of a user. */
public record UserId(UUID value) {
  /** Reads ids that {@code string_agg} put into one column, with commas between them. */
  public static Set<UserId> set(Row row, String column) {
    return row.uuids(column).map(UserId::new).collect(Collectors.toUnmodifiableSet());
  }
}
