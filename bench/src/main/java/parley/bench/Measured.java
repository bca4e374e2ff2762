package parley.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Figures of things that are measured each in fresh processes. The things take turns, so that all
 * see the same machine, and of each figure the median counts.
 */
public final class Measured {
  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Map<String, List<double[]>> runs = new LinkedHashMap<>();

  /** Adds what one process showed. */
  public void add(String thing, double... figures) {
    runs.computeIfAbsent(thing, key -> new ArrayList<>()).add(figures);
  }

  /** A row of a Markdown table for each thing, in their order of coming. */
  public List<String> rows() {
    return runs.entrySet().stream()
        .map(
            run ->
                medians(run.getValue())
                    .mapToObj(Measured::cell)
                    .collect(Collectors.joining(" | ", "| " + run.getKey() + " | ", " |")))
        .toList();
  }

  /** Three digits or all before the point, whichever are more. */
  private static String cell(double figure) {
    int decimals = figure >= 100 ? 0 : figure >= 10 ? 1 : figure >= 1 ? 2 : 3;
    return String.format("%." + decimals + "f", figure);
  }

  private static DoubleStream medians(List<double[]> figures) {
    return IntStream.range(0, figures.getFirst().length)
        .mapToDouble(figure -> median(figures.stream().mapToDouble(run -> run[figure])));
  }

  /** The middle one of some values. */
  public static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /**
   * Runs a class in a JVM of its own, with the flags of Lambda's and the template's.
   *
   * @return the figures that it printed
   */
  static double[] spawn(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()),
                Arrays.stream(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + " failed: " + output);
    }
    return Arrays.stream(output.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** Gives figures to the process that spawned this one. */
  @SuppressWarnings("SystemOut") // What started this process reads it there.
  static void print(double... figures) {
    System.out.println(
        Arrays.stream(figures).mapToObj(Double::toString).collect(Collectors.joining(" ")));
  }

  /** A point in this process's life, to count milliseconds from. */
  record Mark(long nanos, long cpuNanos) {
    static Mark now() {
      return new Mark(System.nanoTime(), PROCESS.getProcessCpuTime());
    }

    /** The time that has passed. */
    double elapsed() {
      return (System.nanoTime() - nanos) / 1e6;
    }

    /** The CPU time that all threads of this process have used, the JVM's own included. */
    double cpu() {
      return (PROCESS.getProcessCpuTime() - cpuNanos) / 1e6;
    }
  }
}
