package parley.conversation;

import java.util.Optional;
import parley.platform.sql.Row;

/**
 * How far the other one of two is, as the reader may see it.
 *
 * @param deliveredSeq up to which message they have received all
 * @param readSeq up to which they have read all; empty if one of the two keeps it to themselves
 */
public record OtherReceipt(long deliveredSeq, Optional<Long> readSeq) {
  static Optional<OtherReceipt> from(Row row) {
    return row.isNull("other_delivered_seq")
        ? Optional.empty()
        : Optional.of(
            new OtherReceipt(
                row.integer("other_delivered_seq"),
                row.isNull("other_read_seq")
                    ? Optional.empty()
                    : Optional.of(row.integer("other_read_seq"))));
  }
}
