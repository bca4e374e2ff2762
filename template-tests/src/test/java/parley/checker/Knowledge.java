package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which numbers of each conversation a device has: what a client needs to notice that something is
 * missing. Conversations are numbered from 1 without a gap, so what has none before it is complete.
 * Not safe for use by many threads.
 */
public final class Knowledge {
  private final Map<String, Set<Long>> beyond = new HashMap<>();
  private final Map<String, Long> complete = new HashMap<>();

  /** Whether a message's number tells that others before it are missing. */
  public boolean jumps(Message message) {
    return message.seq() > complete.getOrDefault(message.conversation(), 0L) + 1;
  }

  /** Whether nothing is missing below the highest number of each conversation. */
  public boolean isComplete() {
    return beyond.values().stream().allMatch(Set::isEmpty);
  }

  /** Takes a message in, which may be known already. */
  public void add(Message message) {
    long all = complete.getOrDefault(message.conversation(), 0L);
    Set<Long> ahead = beyond.computeIfAbsent(message.conversation(), id -> new HashSet<>());
    if (message.seq() > all) {
      ahead.add(message.seq());
    }
    while (ahead.remove(all + 1)) {
      all++;
    }
    complete.put(message.conversation(), all);
  }
}
