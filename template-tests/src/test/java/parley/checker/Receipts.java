package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was said of receipts, and what was shown of them. */
final class Receipts {
  /**
   * A user says how far they are.
   *
   * @param begun the entry at which they began to
   * @param answered the entry at which it was answered that it is so; beyond the last one if it was
   *     not
   * @param refused the answer's code if it was refused, else empty
   */
  record Said(Entry.Moving what, int begun, int answered, String refused) {
    /** Whether it may have taken effect: also if it was refused for a time only. */
    boolean mayBeSo() {
      return refused.isEmpty() || SendRules.TRY_AGAIN.contains(refused);
    }

    boolean isSo() {
      return refused.isEmpty() && answered < Integer.MAX_VALUE;
    }
  }

  /**
   * How far somebody is, as a user was shown it.
   *
   * @param asked the entry at which it was asked for
   * @param at the entry at which it was shown
   */
  record Reading(
      String viewer,
      String conversation,
      String user,
      long delivered,
      long read,
      int asked,
      int at) {
    /** Whom who was shown of whom, and where. */
    List<String> of() {
      return List.of(viewer, conversation, user);
    }
  }

  private final List<Said> said = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();

  Receipts(List<Entry> entries) {
    Map<Integer, Integer> moving = new HashMap<>();
    Map<String, Integer> asked = new HashMap<>();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Moving entry -> moving.put(entry.number(), at);
        case Entry.Moved entry -> {
          int begun = moving.getOrDefault(entry.number(), at);
          moving.remove(entry.number());
          Entry.Moving what = (Entry.Moving) entries.get(begun);
          said.add(new Said(what, begun, at, ""));
          readings.add(
              new Reading(
                  what.user(),
                  what.conversation(),
                  what.user(),
                  entry.delivered(),
                  entry.read(),
                  begun,
                  at));
        }
        case Entry.MoveRefused entry -> {
          int begun = moving.getOrDefault(entry.number(), at);
          moving.remove(entry.number());
          said.add(new Said((Entry.Moving) entries.get(begun), begun, at, entry.code()));
        }
        case Entry.CatchUpStarted entry -> asked.put(entry.device(), at);
        case Entry.ReceiptsAsked entry -> asked.put(entry.reading(), at);
        case Entry.ReceiptShown entry ->
            readings.add(
                new Reading(
                    entry.viewer(),
                    entry.conversation(),
                    entry.user(),
                    entry.delivered(),
                    entry.read(),
                    asked.getOrDefault(entry.reading(), -1),
                    at));
        default -> {}
      }
    }
    moving.forEach(
        (number, begun) ->
            said.add(new Said((Entry.Moving) entries.get(begun), begun, Integer.MAX_VALUE, "")));
  }

  /** All that was said, in no order. */
  List<Said> said() {
    return said;
  }

  /** What this user said in a conversation. */
  List<Said> said(String user, String conversation) {
    return said.stream()
        .filter(one -> one.what().user().equals(user))
        .filter(one -> one.what().conversation().equals(conversation))
        .toList();
  }

  /** All that was shown, in the order in which it was. */
  List<Reading> readings() {
    return readings;
  }
}
