package parley.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server process of a data folder, found by the file that Postgres itself keeps there. */
final class Stale {
  private static final long PATIENCE_SECONDS = 10;

  private Stale() {}

  /** Stops the server that still runs on a folder, if there is one: a killed runtime's. */
  static void stop(Path data) {
    if (process(data).isPresent()) {
      signal(data, "INT");
      process(data).ifPresent(left -> signal(data, "QUIT"));
    }
  }

  /**
   * Sends a signal to the server of a folder and waits for its end.
   *
   * @param name INT is Postgres's fast shutdown, QUIT its immediate one
   */
  static void signal(Path data, String name) {
    Optional<ProcessHandle> process = process(data);
    if (process.isEmpty()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.get().pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      process.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop the Postgres server of " + data, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      if (name.equals("QUIT")) {
        process.get().destroyForcibly();
      }
    }
  }

  private static Optional<ProcessHandle> process(Path data) {
    Path file = data.resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      // The number may by now be another program's.
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(ProcessHandle::isAlive)
          .filter(process -> process.info().command().orElse("").contains("postgres"));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
