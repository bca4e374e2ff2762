package parley.bench.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CPU time that the server, Postgres and the clients used, in milliseconds. */
record Cpu(double server, double postgres, double clients) {
  /**
   * The CPU time that processes have used so far, which the machine counts in steps of 10 ms.
   *
   * @param postgres of each process of Postgres, by its id
   */
  record Reading(double server, Map<Long, Double> postgres, double clients) {
    /**
     * Reads it.
     *
     * @param postgresData the data folder of the Postgres server
     */
    static Reading now(ProcessHandle server, Path postgresData) throws IOException {
      long postmaster =
          Long.parseLong(Files.readAllLines(postgresData.resolve("postmaster.pid")).getFirst());
      ProcessHandle postgres = ProcessHandle.of(postmaster).orElseThrow();
      return new Reading(
          millis(server),
          Stream.concat(Stream.of(postgres), postgres.descendants())
              .collect(Collectors.toMap(ProcessHandle::pid, Reading::millis)),
          millis(ProcessHandle.current()));
    }

    private static double millis(ProcessHandle process) {
      return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
    }

    /** The CPU time used since then, without Postgres sessions that have ended meanwhile. */
    Cpu since(Reading earlier) {
      return new Cpu(
          server - earlier.server,
          postgres.entrySet().stream()
              .mapToDouble(now -> now.getValue() - earlier.postgres.getOrDefault(now.getKey(), 0.0))
              .filter(used -> used > 0)
              .sum(),
          clients - earlier.clients);
    }
  }
}
