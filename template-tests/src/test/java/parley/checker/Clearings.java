package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who cleared which conversation's history for themselves, and up to where. */
final class Clearings {
  private static final long NOT_ANSWERED = Long.MAX_VALUE;

  /**
   * One request to clear a history.
   *
   * @param upTo the seq up to which it was answered that all is gone; past any one if it was not
   */
  record Clearing(Request request, Change.Clear change, long upTo) {
    boolean isAnswered() {
      return upTo != NOT_ANSWERED;
    }

    private boolean isOf(String user, Message message) {
      return change.by().equals(user) && change.conversation().equals(message.conversation());
    }
  }

  private final List<Clearing> clearings = new ArrayList<>();
  private final Timing timing;

  Clearings(List<Entry> entries, List<Request> requests, Timing timing) {
    this.timing = timing;
    Map<Integer, Long> answered = new HashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Cleared cleared) {
        answered.put(cleared.number(), cleared.upTo());
      }
    }
    for (Request request : requests) {
      if (request.change() instanceof Change.Clear clear) {
        clearings.add(
            new Clearing(request, clear, answered.getOrDefault(request.number(), NOT_ANSWERED)));
      }
    }
  }

  /** All requests to clear a history. */
  Stream<Clearing> all() {
    return clearings.stream();
  }

  /** Whether this user was told, before an entry, that they have cleared this message away. */
  boolean isCleared(String user, Message message, int before) {
    return all()
        .filter(clearing -> clearing.isOf(user, message))
        .filter(clearing -> clearing.isAnswered() && clearing.request().ended() < before)
        .anyMatch(clearing -> clearing.upTo() >= message.seq());
  }

  /** Whether this user may have cleared it away before an entry. */
  boolean mayBeCleared(String user, Message message, int before) {
    return all()
        .filter(clearing -> clearing.isOf(user, message))
        .filter(clearing -> clearing.request().begun() <= before)
        .filter(clearing -> clearing.upTo() >= message.seq())
        .anyMatch(clearing -> timing.after(message) < clearing.request().ended());
  }
}
