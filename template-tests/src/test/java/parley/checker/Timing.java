package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Between which entries of the history each message was stored, as far as clients can tell: after
 * it was first wanted, and before anybody saw it or was told that it is so.
 */
final class Timing {
  private final Map<String, Integer> seen = new HashMap<>();
  private final Map<Draft.Key, Integer> tried = new HashMap<>();
  private final Map<String, Integer> changeWanted = new HashMap<>();
  private final Map<String, Integer> changeMade = new HashMap<>();

  /**
   * @param stored by seq
   */
  Timing(List<Entry> entries, List<Message> stored) {
    Map<Integer, Change> numbered = new HashMap<>();
    Map<Change, List<Integer>> wanted = new HashMap<>();
    Map<Change, List<Integer>> made = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      shown(entries.get(at)).forEach(message -> seen.putIfAbsent(message.id(), at));
      switch (entries.get(at)) {
        case Entry.Tried entry -> tried.putIfAbsent(entry.draft().key(), at);
        case Entry.Wanted entry -> {
          numbered.put(entry.number(), entry.change());
          wanted.computeIfAbsent(entry.change(), change -> new ArrayList<>()).add(at);
        }
        case Entry.Made entry -> {
          // A removal is refused if there is nobody to remove: it was made by just this request.
          if (numbered.get(entry.number()) instanceof Change.Remove remove) {
            made.computeIfAbsent(remove, change -> new ArrayList<>()).add(at);
          }
        }
        default -> {}
      }
    }
    Map<Change, Integer> told = new HashMap<>();
    for (Message message : stored) {
      message
          .change()
          .ifPresent(
              change -> {
                int before = told.merge(change, 1, Integer::sum) - 1;
                put(changeWanted, message, wanted.getOrDefault(change, List.of()), before);
                put(changeMade, message, made.getOrDefault(change, List.of()), before);
              });
    }
  }

  /**
   * Of changes that are the same, the n-th is no earlier than the n-th request; but the end of a
   * block may tell of a time that was asked for before.
   */
  private static void put(Map<String, Integer> times, Message of, List<Integer> all, int number) {
    if (number < all.size() && !(of.change().orElse(null) instanceof Change.Time)) {
      times.put(of.id(), all.get(number));
    }
  }

  private static Stream<Message> shown(Entry entry) {
    return switch (entry) {
      case Entry.Acked acked -> Stream.of(acked.message());
      case Entry.Received received -> Stream.of(received.message());
      case Entry.Updated updated -> Stream.of(updated.message());
      case Entry.CaughtUp caughtUp -> caughtUp.messages().stream();
      case Entry.Walked walked -> walked.messages().stream();
      case Entry.Found found -> found.messages().stream();
      default -> Stream.of();
    };
  }

  /** An entry before which it was not stored; -1 if there is none. */
  int after(Message message) {
    return message.isWritten()
        ? tried.getOrDefault(message.key(), -1)
        : changeWanted.getOrDefault(message.id(), -1);
  }

  /** An entry at which it was stored; beyond the last one if nobody can tell. */
  int by(Message message) {
    return Math.min(
        seen.getOrDefault(message.id(), Integer.MAX_VALUE),
        changeMade.getOrDefault(message.id(), Integer.MAX_VALUE));
  }
}
