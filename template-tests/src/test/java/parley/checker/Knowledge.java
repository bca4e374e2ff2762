package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which numbers of each conversation a device has: what a client needs to notice that something is
 * missing. A number that catching up did not give is not for this user. Not safe for use by many
 * threads.
 */
public final class Knowledge {
  private final Map<String, Set<Long>> beyond = new HashMap<>();
  private final Map<String, Long> complete = new HashMap<>();
  private Map<String, Long> highestAtStart = new HashMap<>();

  /** Whether a message's number tells that others before it may be missing. */
  public boolean jumps(Message message) {
    return message.seq() > complete.getOrDefault(message.conversation(), 0L) + 1;
  }

  /** Whether nothing is missing below the highest number of each conversation. */
  public boolean isComplete() {
    return beyond.values().stream().allMatch(Set::isEmpty);
  }

  /** Takes a message in, which may be known already. */
  public void add(Message message) {
    beyond.computeIfAbsent(message.conversation(), id -> new HashSet<>()).add(message.seq());
    closeUp(message.conversation());
  }

  /** Notes that catching up begins: what it does not give below what is known now is no gap. */
  public void startCatchingUp() {
    highestAtStart = new HashMap<>(complete);
    beyond.forEach(
        (conversation, seqs) ->
            seqs.forEach(seq -> highestAtStart.merge(conversation, seq, Math::max)));
  }

  /** Takes in all that catching up gave. */
  public void finishCatchingUp(List<Message> messages) {
    messages.forEach(
        message -> highestAtStart.merge(message.conversation(), message.seq(), Math::max));
    highestAtStart.forEach(
        (conversation, seq) -> {
          complete.merge(conversation, seq, Math::max);
          closeUp(conversation);
        });
    highestAtStart = new HashMap<>();
  }

  private void closeUp(String conversation) {
    long all = complete.getOrDefault(conversation, 0L);
    Set<Long> ahead = beyond.getOrDefault(conversation, new HashSet<>());
    while (ahead.remove(all + 1)) {
      all++;
    }
    long known = all;
    ahead.removeIf(seq -> seq <= known);
    complete.put(conversation, known);
  }
}
