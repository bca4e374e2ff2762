package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One request for a change.
 *
 * @param begun the entry at which it was asked for
 * @param ended the entry at which it was answered, or it was known that it will not be
 * @param made whether it was answered that it is so
 */
record Request(int number, Change change, int begun, int ended, boolean made) {
  /** All requests of a run. */
  static List<Request> of(List<Entry> entries) {
    Map<Integer, Request> open = new HashMap<>();
    List<Request> all = new ArrayList<>();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Wanted wanted ->
            open.put(
                wanted.number(),
                new Request(wanted.number(), wanted.change(), at, Integer.MAX_VALUE, false));
        case Entry.Made made -> end(open, all, made.number(), at, true);
        case Entry.Denied denied -> end(open, all, denied.number(), at, false);
        case Entry.Unanswered lost -> end(open, all, lost.number(), at, false);
        default -> {}
      }
    }
    all.addAll(open.values());
    return all;
  }

  private static void end(
      Map<Integer, Request> open, List<Request> all, int number, int at, boolean made) {
    Request request = open.remove(number);
    if (request != null) {
      all.add(new Request(number, request.change, request.begun, at, made));
    }
  }
}
