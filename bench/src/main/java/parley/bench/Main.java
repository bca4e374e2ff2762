package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import parley.bench.chat.ChatBenchmark;
import parley.bench.sql.SqlBenchmark;

/** Runs the benchmarks that are asked for and prints their tables in Markdown. */
public final class Main {
  private Main() {}

  /**
   * Measures what the system property {@code measure} says: some of functions, commands, clients,
   * json, sql and chat, with a comma between two. Further properties:
   *
   * <ul>
   *   <li>{@code rounds}: of how many processes, or rounds of messages, each figure is the median
   *   <li>{@code warm}: the invocations between a process's first and its warm ones, of which there
   *       are as many
   *   <li>{@code functions}: the names of the functions to measure; empty for all
   *   <li>{@code flags}: flags of the functions' JVM to try besides, with a semicolon between two
   *       sets of them
   * </ul>
   *
   * @param arguments the functions' jar
   */
  @SuppressWarnings("SystemOut") // The tables are what it is for.
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Set<String> measure = Set.of(System.getProperty("measure", "").split(",", -1));
    ColdStart.measure(out, Path.of(arguments[0]), measure);
    if (measure.contains("clients")) {
      HttpClients.compare(out, ColdStart.ROUNDS);
    }
    if (measure.contains("json")) {
      JsonLibraries.compare(out, ColdStart.ROUNDS);
    }
    if (measure.contains("sql")) {
      SqlBenchmark.measure(out);
    }
    if (measure.contains("chat")) {
      ChatBenchmark.measure(
          out, Path.of("src/main/socketio"), Path.of("target/socketio"), ColdStart.ROUNDS);
    }
  }
}
