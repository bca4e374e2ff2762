package parley.template;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line. */
final class LineDiff {
  /** How many unchanged lines stand around a changed one. */
  private static final int AROUND = 2;

  private LineDiff() {}

  /** The lines taken away (-) and added (+) with some around them, at most {@code most} of them. */
  static String between(List<String> before, List<String> after, int most) {
    List<String> all = all(before, after);
    List<String> shown = new ArrayList<>();
    boolean hiding = false;
    for (int i = 0; i < all.size(); i++) {
      if (changesNear(all, i)) {
        shown.add(all.get(i));
        hiding = false;
      } else if (!hiding) {
        shown.add("  ...");
        hiding = true;
      }
    }
    if (shown.size() > 1 && shown.getLast().equals("  ...")) {
      shown.removeLast();
    }
    if (shown.size() > most) {
      int rest = shown.size() - most;
      shown = new ArrayList<>(shown.subList(0, most));
      shown.add("  ... and " + rest + " more lines");
    }
    return String.join("\n", shown) + "\n";
  }

  private static boolean changesNear(List<String> lines, int index) {
    int from = Math.max(0, index - AROUND);
    int to = Math.min(lines.size(), index + AROUND + 1);
    return lines.subList(from, to).stream().anyMatch(line -> !line.startsWith("  "));
  }

  /** Every line with its mark, by the longest common subsequence. */
  private static List<String> all(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      boolean both = i < before.size() && j < after.size();
      if (both && before.get(i).equals(after.get(j))) {
        lines.add("  " + before.get(i));
        i++;
        j++;
      } else if (j == after.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
    return lines;
  }
}
