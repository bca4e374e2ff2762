package parley.sync;

import java.util.UUID;
import java.util.stream.Stream;
import parley.sync.FeedRepository.Entry;

/** Something that has changed, by its type and id. */
record Changed(SyncType type, UUID id) {
  /** What an entry of the feed tells of, and before it a group that the client may not know yet. */
  static Stream<Changed> of(Entry entry) {
    return Stream.concat(
        entry.newGroup().map(group -> new Changed(SyncType.CONVERSATION, group)).stream(),
        Stream.of(new Changed(entry.type(), entry.entity())));
  }
}
