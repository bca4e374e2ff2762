package parley.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import parley.checker.Violation;

/** Rounds on one system, each with users, conversations and a seed of its own. */
final class Campaign {
  private final int rounds;
  private final int sendsPerRound;
  private final Duration patience;
  private final Consumer<String> progress;

  /**
   * @param patience how long a round may take
   * @param progress takes a line for each round
   */
  Campaign(int rounds, int sendsPerRound, Duration patience, Consumer<String> progress) {
    this.rounds = rounds;
    this.sendsPerRound = sendsPerRound;
    this.patience = patience;
    this.progress = progress;
  }

  /** What a campaign was like. */
  record Result(
      long messages,
      long tries,
      Map<String, Long> faults,
      int givenUp,
      List<Violation> violations) {
    long faultCount() {
      return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(
          "%,d messages in %,d tries, %,d faults:%n".formatted(messages, tries, faultCount()));
      faults.forEach((kind, count) -> text.append("  %,7d %s%n".formatted(count, kind)));
      text.append("%,d events in dead-letter queues, ".formatted(givenUp));
      text.append("%,d violations%n".formatted(violations.size()));
      violations.stream().limit(20).forEach(violation -> text.append("  " + violation + "\n"));
      return text.toString();
    }
  }

  /**
   * Runs the rounds of this seed, the seed after it and so on; a single one can be run again by its
   * own seed.
   */
  Result run(long seed) {
    List<Violation> violations = new ArrayList<>();
    long messages = 0;
    long tries = 0;
    long start = System.nanoTime();
    SeededFaults[] made = new SeededFaults[1];
    try (Backend backend = Backend.start(system -> made[0] = new SeededFaults(system::cut))) {
      SeededFaults faults = made[0];
      for (long round = seed; round < seed + rounds; round++) {
        Round.Result result = new Round(backend, faults, round, sendsPerRound, patience).run();
        messages += result.messages();
        tries += result.tries();
        violations.addAll(result.violations());
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        progress.accept(
            "round of seed %d: %,d messages until now in %d s, %,d faults, %d violations%s"
                .formatted(
                    round,
                    messages,
                    seconds,
                    faults.happened().values().stream().mapToLong(Long::longValue).sum(),
                    violations.size(),
                    result.violations().isEmpty() ? "" : ": " + result.violations()));
      }
      return new Result(messages, tries, faults.happened(), backend.givenUp().size(), violations);
    }
  }
}
