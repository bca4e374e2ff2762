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
    return row.optionalInteger("other_delivered_seq")
        .map(delivered -> new OtherReceipt(delivered, row.optionalInteger("other_read_seq")));
  }
}
