package parley.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;

/**
 * How one participant keeps a conversation; nobody else sees it.
 *
 * @param mutedUntil until when they want no notice of it, null if they do
 * @param archived whether it is put away; a new message does not bring it back
 * @param pinnedAt since when it is kept on top, null if it is not
 * @param markedUnread whether they want to be reminded of it, whatever they have read
 */
public record ParticipantSettings(
    @Nullable Instant mutedUntil,
    boolean archived,
    @Nullable Instant pinnedAt,
    boolean markedUnread) {
  static ParticipantSettings from(Row row) {
    return new ParticipantSettings(
        row.optionalInstant("muted_until").orElse(null),
        row.flag("archived"),
        row.optionalInstant("pinned_at").orElse(null),
        row.flag("marked_unread"));
  }
}
