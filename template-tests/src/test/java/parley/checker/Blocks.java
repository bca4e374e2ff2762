package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may have blocked whom when. A block or its end that is under way, or that was not answered,
 * may have happened or not; so may each of several that overlap.
 */
final class Blocks {
  private record Pair(String blocker, String blocked) {}

  /** What may be so of one pair from an entry on. */
  private static final class Course {
    private final NavigableMap<Integer, Set<Boolean>> possible =
        new TreeMap<>(Map.of(-1, Set.of(false)));
    private final Set<Integer> underWay = new HashSet<>();
    private final Set<Integer> overlapping = new HashSet<>();

    private void begins(int at, int number, boolean blocks) {
      underWay.add(number);
      if (underWay.size() > 1) {
        overlapping.addAll(underWay);
      }
      Set<Boolean> either = new HashSet<>(possible.lastEntry().getValue());
      either.add(blocks);
      possible.put(at, either);
    }

    private void ends(int at, int number, boolean blocks, boolean made) {
      underWay.remove(number);
      if (made && !overlapping.contains(number)) {
        possible.put(at, Set.of(blocks));
      }
    }
  }

  private final Map<Pair, Course> courses = new HashMap<>();

  Blocks(List<Entry> entries) {
    Map<Integer, Change> wanted = new HashMap<>();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Wanted entry -> {
          wanted.put(entry.number(), entry.change());
          switch (entry.change()) {
            case Change.Block block -> course(block).begins(at, entry.number(), true);
            case Change.Unblock unblock -> course(unblock).begins(at, entry.number(), false);
            case Change.OfGroup _, Change.OfMessage _, Change.Clear _, Change.Rename _ -> {}
          }
        }
        case Entry.Made made -> ends(at, made.number(), wanted.get(made.number()), true);
        case Entry.Denied denied -> ends(at, denied.number(), wanted.get(denied.number()), false);
        case Entry.Unanswered lost -> ends(at, lost.number(), wanted.get(lost.number()), false);
        default -> {}
      }
    }
  }

  private void ends(int at, int number, @Nullable Change change, boolean made) {
    switch (change) {
      case null -> {}
      case Change.Block block -> course(block).ends(at, number, true, made);
      case Change.Unblock unblock -> course(unblock).ends(at, number, false, made);
      case Change.OfGroup _, Change.OfMessage _, Change.Clear _, Change.Rename _ -> {}
    }
  }

  private Course course(Change.Block block) {
    return course(new Pair(block.by(), block.other()));
  }

  private Course course(Change.Unblock unblock) {
    return course(new Pair(unblock.by(), unblock.other()));
  }

  private Course course(Pair pair) {
    return courses.computeIfAbsent(pair, key -> new Course());
  }

  /**
   * Whether it may have been so at some time from one entry to another, that the one blocked the
   * other, or did not.
   */
  boolean mayBe(boolean blocks, String blocker, String blocked, int from, int to) {
    Course course = courses.get(new Pair(blocker, blocked));
    if (course == null) {
      return !blocks;
    }
    return course.possible.floorEntry(from).getValue().contains(blocks)
        || course.possible.subMap(from, false, Math.max(from, to), true).values().stream()
            .anyMatch(possible -> possible.contains(blocks));
  }

  /** Whether a user ever wanted to block another. */
  boolean wanted(String blocker, String blocked) {
    return courses.containsKey(new Pair(blocker, blocked));
  }
}
