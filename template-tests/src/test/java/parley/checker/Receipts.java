package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was said of receipts, also by clearing a history, and what was shown of them. */
final class Receipts {
  /**
   * A user says how far they are.
   *
   * @param clears whether they say so by clearing the history, perhaps not as far as this
   * @param begun the entry at which they began to
   * @param answered the entry at which it was answered that it is so; beyond the last one if it was
   *     not
   * @param refused the answer's code if it was refused, else empty
   */
  record Said(Entry.Moving what, boolean clears, int begun, int answered, String refused) {
    /** Whether it may have taken effect: also if it was refused for a time only. */
    boolean mayBeSo() {
      return refused.isEmpty() || SendRules.TRY_AGAIN.contains(refused);
    }

    /** Whether this receipt that was told may be what they said. */
    boolean tells(Entry.ReceiptTold told) {
      return clears
          ? told.seq() <= what.read()
          : told.seq() == (told.read() ? what.read() : what.received());
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

  Receipts(List<Entry> entries, Clearings clearings) {
    clearings.all().map(Receipts::said).forEach(said::add);
    Map<Integer, Integer> moving = new HashMap<>();
    Map<String, Integer> asked = new HashMap<>();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Moving entry -> moving.put(entry.number(), at);
        case Entry.Moved entry -> {
          int begun = moving.getOrDefault(entry.number(), at);
          moving.remove(entry.number());
          Entry.Moving what = (Entry.Moving) entries.get(begun);
          said.add(new Said(what, false, begun, at, ""));
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
          said.add(new Said((Entry.Moving) entries.get(begun), false, begun, at, entry.code()));
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
            said.add(
                new Said((Entry.Moving) entries.get(begun), false, begun, Integer.MAX_VALUE, "")));
  }

  /**
   * Who clears a history has read it; if that was not answered, perhaps, and whatever there was.
   */
  private static Said said(Clearings.Clearing clearing) {
    Request request = clearing.request();
    Change.Clear change = clearing.change();
    return new Said(
        new Entry.Moving(
            request.number(), change.by(), change.conversation(), clearing.upTo(), clearing.upTo()),
        true,
        request.begun(),
        clearing.isAnswered() ? request.ended() : Integer.MAX_VALUE,
        "");
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
