package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who wanted to change which message, and what of it they were told. */
final class Versions {
  /**
   * One request to edit a message, or to delete it.
   *
   * @param begun the entry at which it was asked for
   * @param ended the entry at which it was answered, or it was known that it will not be
   * @param made whether it was answered that it is so
   */
  record Attempt(Change.OfMessage change, int begun, int ended, boolean made) {
    private boolean gives(Message version) {
      return switch (change) {
        case Change.Edit edit ->
            !version.isAsSent() && !version.deleted() && version.content().equals(edit.content());
        case Change.Delete _ -> version.deleted() && version.content().isEmpty();
        case Change.Hide _ -> false;
      };
    }
  }

  private final Map<String, List<Attempt>> attempts = new HashMap<>();
  private final Map<String, List<Attempt>> hiding = new HashMap<>();

  Versions(List<Entry> entries) {
    Map<Integer, Integer> begun = new HashMap<>();
    Set<Integer> ended = new HashSet<>();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Wanted wanted -> begun.put(wanted.number(), at);
        case Entry.Made made -> end(entries, begun, ended, made.number(), at, true);
        case Entry.Denied denied -> end(entries, begun, ended, denied.number(), at, false);
        case Entry.Unanswered lost -> end(entries, begun, ended, lost.number(), at, false);
        default -> {}
      }
    }
    begun.forEach(
        (number, at) -> {
          if (!ended.contains(number)) {
            add(entries.get(at), at, Integer.MAX_VALUE, false);
          }
        });
  }

  private void end(
      List<Entry> entries,
      Map<Integer, Integer> begun,
      Set<Integer> ended,
      int number,
      int at,
      boolean made) {
    int from = begun.getOrDefault(number, at);
    ended.add(number);
    add(entries.get(from), from, at, made);
  }

  private void add(Entry entry, int from, int to, boolean made) {
    if (entry instanceof Entry.Wanted wanted
        && wanted.change() instanceof Change.OfMessage change) {
      (change instanceof Change.Hide ? hiding : attempts)
          .computeIfAbsent(change.message(), id -> new ArrayList<>())
          .add(new Attempt(change, from, to, made));
    }
  }

  /** Every request to edit or to delete this message. */
  List<Attempt> attempts(Message message) {
    return attempts.getOrDefault(message.id(), List.of());
  }

  /** The requests that may have given it this version. */
  List<Attempt> of(Message version) {
    return attempts(version).stream().filter(attempt -> attempt.gives(version)).toList();
  }

  /**
   * Whether a change was answered before an entry that came after whatever may have given the
   * message this version. What is deleted stays so.
   */
  boolean isOutdated(Message version, int at) {
    int last = of(version).stream().mapToInt(Attempt::ended).max().orElse(-1);
    return !version.deleted()
        && attempts(version).stream()
            .filter(attempt -> attempt.made() && attempt.ended() < at && !attempt.gives(version))
            .anyMatch(
                attempt -> attempt.change() instanceof Change.Delete || attempt.begun() > last);
  }

  /** Whether this user may have deleted it for themselves before an entry. */
  boolean mayBeHidden(String user, Message message, int before) {
    return hiding.getOrDefault(message.id(), List.of()).stream()
        .anyMatch(attempt -> attempt.change().by().equals(user) && attempt.begun() <= before);
  }

  /** Whether this user was told, before an entry, that it is deleted for them. */
  boolean isHidden(String user, Message message, int before) {
    return hiding.getOrDefault(message.id(), List.of()).stream()
        .filter(Attempt::made)
        .anyMatch(attempt -> attempt.change().by().equals(user) && attempt.ended() < before);
  }
}
