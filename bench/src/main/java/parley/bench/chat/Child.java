package parley.bench.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server's process, which tells on its output where it listens. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(ProcessBuilder builder) throws IOException {
    return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /**
   * Reads up to a line and returns that.
   *
   * @throws IllegalStateException if the process ends before
   */
  String awaitLine(Predicate<String> wanted) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (wanted.test(line)) {
        return line;
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("the server does not start: " + said);
  }

  /** Drops what it says from now on. */
  void drain() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                process.getInputStream().transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It has ended.
              }
            });
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
