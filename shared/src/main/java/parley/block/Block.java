package parley.block;

import java.time.Instant;
import parley.platform.sql.Row;
import parley.user.Profile;

/** Somebody whom the reader blocks, since when. */
public record Block(Profile user, Instant createdAt) {
  /** What {@link #from} reads of the rows {@code b} of blocks and {@code u} of users. */
  static final String COLUMNS = Profile.columns("u", "") + ", b.created_at ";

  static Block from(Row row) {
    return new Block(Profile.from(row, ""), row.instant("created_at"));
  }
}
