package parley.bench.sql;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.bench.Measured;
import parley.bench.sql.StatementLog.Entry;
import parley.bench.sql.StatementLog.Step;

/** A Markdown table of the statements of each request: medians in milliseconds. */
final class StatementTable {
  private static final int SHOWN = 70;

  private StatementTable() {}

  /** How long the steps of a statement take, in milliseconds. */
  private record Millis(double parse, double plan, double run) {
    static Millis of(Map<Step, List<Double>> steps) {
      return new Millis(
          median(steps, Step.PARSE), median(steps, Step.BIND), median(steps, Step.EXECUTE));
    }

    private static double median(Map<Step, List<Double>> steps, Step step) {
      List<Double> millis = steps.getOrDefault(step, List.of());
      return millis.isEmpty()
          ? 0
          : Measured.median(millis.stream().mapToDouble(Double::doubleValue));
    }

    Millis plus(long times, Millis other) {
      return new Millis(
          parse + times * other.parse, plan + times * other.plan, run + times * other.run);
    }

    double sum() {
      return parse + plan + run;
    }
  }

  /**
   * Prints a row for each statement that at least every other request made, in the order in which
   * they came, and a row with the sum of each request with several statements.
   *
   * @param calls how many requests were made under each mark
   */
  static void print(PrintStream out, List<Entry> entries, int calls) {
    out.println("| request | statement | times | parse ms | plan ms | run ms | in all ms |");
    out.println("|---|---|--:|--:|--:|--:|--:|");
    byRequest(entries)
        .forEach(
            (request, statements) -> {
              statements.values().removeIf(steps -> times(steps, calls) == 0);
              Millis sum = new Millis(0, 0, 0);
              for (Map.Entry<String, Map<Step, List<Double>>> statement : statements.entrySet()) {
                Millis millis = Millis.of(statement.getValue());
                long times = times(statement.getValue(), calls);
                sum = sum.plus(times, millis);
                row(out, request, shown(statement.getKey()), times, millis);
              }
              if (statements.size() > 1) {
                row(out, request, "in all", 1, sum);
              }
            });
    out.println();
  }

  private static Map<String, Map<String, Map<Step, List<Double>>>> byRequest(List<Entry> entries) {
    Map<String, Map<String, Map<Step, List<Double>>>> requests = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (!entry.mark().isEmpty()) {
        requests
            .computeIfAbsent(entry.mark(), mark -> new LinkedHashMap<>())
            .computeIfAbsent(entry.sql(), sql -> new LinkedHashMap<>())
            .computeIfAbsent(entry.step(), step -> new ArrayList<>())
            .add(entry.millis());
      }
    }
    return requests;
  }

  /** How often a request made a statement, rounded. */
  private static long times(Map<Step, List<Double>> steps, int calls) {
    int most = steps.values().stream().mapToInt(List::size).max().orElse(0);
    return Math.round(most / (double) calls);
  }

  private static String shown(String sql) {
    String text = sql.length() <= SHOWN ? sql : sql.substring(0, SHOWN) + "...";
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static void row(
      PrintStream out, String request, String statement, long times, Millis millis) {
    out.printf(
        "| %s | %s | %d | %.2f | %.2f | %.2f | %.2f |%n",
        request, statement, times, millis.parse, millis.plan, millis.run, millis.sum());
  }
}
