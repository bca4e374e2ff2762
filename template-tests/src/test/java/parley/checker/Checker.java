package parley.checker;

import java.util.List;
import java.util.stream.Stream;

/** Holds a history against all rules. */
public final class Checker {
  private Checker() {}

  /** What was broken; nothing, if the promises were kept. */
  public static List<Violation> check(History history) {
    Evidence evidence = new Evidence(history);
    return Stream.of(Rule.values()).flatMap(rule -> rule.check(evidence)).toList();
  }
}
