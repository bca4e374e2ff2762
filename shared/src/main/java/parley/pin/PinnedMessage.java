package parley.pin;

import java.time.Instant;
import parley.message.Message;
import parley.user.UserId;

/** A pinned message, with who pinned it and when. */
public record PinnedMessage(Message message, UserId pinnedBy, Instant pinnedAt) {}
