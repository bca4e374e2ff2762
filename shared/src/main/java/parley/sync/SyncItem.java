package parley.sync;

import java.util.Optional;
import java.util.UUID;

/**
 * One thing that is new or has changed for the reader.
 *
 * @param from of a conversation with which a client starts: all messages with this seq or a higher
 *     one that the reader sees come with it, or later; older ones are in the history
 * @param data its present state, as the other routes give it; empty if it is gone for the reader
 */
public record SyncItem(SyncType type, UUID id, Optional<Long> from, Optional<Object> data) {
  SyncItem(SyncType type, UUID id, Optional<Object> data) {
    this(type, id, Optional.empty(), data);
  }
}
