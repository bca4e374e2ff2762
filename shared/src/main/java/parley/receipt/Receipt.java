package parley.receipt;

import java.util.Optional;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * How far one participant is.
 *
 * @param deliveredSeq up to which message they have received all
 * @param readSeq up to which they have read all; empty if one of the two keeps it to themselves
 */
public record Receipt(UserId userId, long deliveredSeq, Optional<Long> readSeq) {
  static Receipt from(Row row) {
    return new Receipt(
        new UserId(row.uuid("user_id")),
        row.integer("delivered_seq"),
        row.optionalInteger("read_seq"));
  }
}
