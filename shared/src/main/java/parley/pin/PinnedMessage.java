package parley.pin;

import java.time.Instant;
import parley.message.Message;
import parley.platform.sql.Row;
import parley.user.UserId;

/** A pinned message, with who pinned it and when. */
public record PinnedMessage(Message message, UserId pinnedBy, Instant pinnedAt) {
  static PinnedMessage from(Row row) {
    return new PinnedMessage(
        Message.read(row), new UserId(row.uuid("pinned_by")), row.instant("pinned_at"));
  }
}
