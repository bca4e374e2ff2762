package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import parley.local.LocalRuntime;
import parley.local.RuntimeOptions;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Invocation;
import parley.local.process.FunctionProcess;
import parley.local.process.TaskRoot;

/**
 * Measures how the functions start: each from the packaged jar, in processes of its own under AWS's
 * runtime client, with the environment of the template and the services of this machine behind it.
 * A restore from a snapshot cannot be had here; what is measured is what the snapshot holds. Then
 * it measures what the functions could use instead of what they use.
 *
 * <p>Prints tables in Markdown; {@link Measured} has how their figures come about.
 */
public final class ColdStart {
  private static final int WARM_INVOCATIONS = 30;

  /** org.crac then finds no implementation, and nothing is rehearsed. */
  private static final String NOT_REHEARSED = "-Dorg.crac.Core.Compat=none";

  private final LocalRuntime system;
  private final Scene scene;
  private final TaskRoot code;
  private final int rounds;
  private final PrintStream out;

  private ColdStart(LocalRuntime system, Scene scene, TaskRoot code, int rounds, PrintStream out) {
    this.system = system;
    this.scene = scene;
    this.code = code;
    this.rounds = rounds;
    this.out = out;
  }

  /**
   * Measures what the system properties say: {@code measure} has some of functions, commands,
   * clients and json; {@code rounds} the number of processes that a figure is the median of; {@code
   * functions} the functions' names, none for all; {@code flags} flags of the JVM to try besides,
   * kinds of them with a semicolon between.
   *
   * @param arguments the functions' jar
   */
  @SuppressWarnings("SystemOut") // The tables are what it is for.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Set<String> measure = Set.of(System.getProperty("measure", "").split(",", -1));
    int rounds = Integer.getInteger("rounds", 3);
    if (measure.contains("functions") || measure.contains("commands")) {
      Path data = Files.createTempDirectory("parley-bench");
      try (LocalRuntime system = LocalRuntime.start(RuntimeOptions.quiet(data));
          Scene scene = Scene.set(system);
          TaskRoot code = TaskRoot.unpack(Path.of(arguments[0]))) {
        ColdStart bench = new ColdStart(system, scene, code, rounds, out);
        if (measure.contains("functions")) {
          bench.functions();
        }
        if (measure.contains("commands")) {
          bench.commands();
        }
      } finally {
        delete(data);
      }
    }
    if (measure.contains("clients")) {
      HttpClients.compare(out, rounds);
    }
    if (measure.contains("json")) {
      JsonLibraries.compare(out, rounds);
    }
  }

  /** How each function starts, in each kind of process. */
  private void functions() throws IOException, InterruptedException {
    Map<String, List<String>> kinds = kinds();
    Measured measured = new Measured();
    for (int round = 0; round < rounds; round++) {
      for (FunctionDefinition function : definitions()) {
        byte[] event = scene.events(name(function)).values().iterator().next();
        for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
          measured.add(
              name(function) + " | " + kind.getKey(), run(function, event, kind.getValue()));
        }
      }
    }
    print("function | start", measured);
  }

  /** What a function's first invocation takes, by what it is asked for. */
  private void commands() throws IOException, InterruptedException {
    Measured measured = new Measured();
    for (int round = 0; round < rounds; round++) {
      for (FunctionDefinition function : definitions()) {
        for (Map.Entry<String, byte[]> event : scene.events(name(function)).entrySet()) {
          measured.add(
              name(function) + " | " + event.getKey(), run(function, event.getValue(), List.of()));
        }
      }
    }
    print("function | asked for", measured);
  }

  private void print(String what, Measured measured) {
    out.println(
        "| "
            + what
            + " | ready | first response | CPU until then | first invocation | its CPU"
            + " | warm | its CPU | first / warm | CPU, first / warm |");
    out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    measured.rows().forEach(out::println);
    out.println();
  }

  private List<FunctionDefinition> definitions() {
    String wanted = System.getProperty("functions", "");
    return system.functions().definitions().stream()
        .filter(
            function -> wanted.isBlank() || List.of(wanted.split(",", -1)).contains(name(function)))
        .sorted(Comparator.comparing(ColdStart::name))
        .toList();
  }

  private static Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("rehearsed", List.of());
    kinds.put("not rehearsed", List.of(NOT_REHEARSED));
    for (String flags : System.getProperty("flags", "").split(";", -1)) {
      if (!flags.isBlank()) {
        List<String> kind = List.of(flags.strip().split(" +", -1));
        kinds.put("rehearsed, " + flags.strip(), kind);
        kinds.put(
            "not rehearsed, " + flags.strip(),
            Stream.concat(Stream.of(NOT_REHEARSED), kind.stream()).toList());
      }
    }
    return kinds;
  }

  /** What one process shows: the figures of a row, times in milliseconds. */
  private double[] run(FunctionDefinition function, byte[] event, List<String> flags)
      throws InterruptedException {
    long spawned = System.nanoTime();
    try (FunctionProcess process =
        FunctionProcess.start(
            function,
            function.environment(),
            system.accessKey(function.logicalId()),
            Integer.parseInt(system.awsUrl().replaceFirst(".*:", "")),
            code,
            flags,
            line -> {})) {
      process.awaitInitialized();
      double ready = since(spawned);
      double cpuBefore = cpu(process);
      double first = invoke(process, function, event);
      double firstResponse = since(spawned);
      double cpu = cpu(process);
      // The first half still warms up.
      for (int i = 0; i < WARM_INVOCATIONS / 2; i++) {
        invoke(process, function, event);
      }
      double cpuWarm = cpu(process);
      double[] later = new double[WARM_INVOCATIONS / 2];
      for (int i = 0; i < later.length; i++) {
        later[i] = invoke(process, function, event);
      }
      double warm = Measured.median(DoubleStream.of(later));
      double warmCpu = (cpu(process) - cpuWarm) / later.length;
      double firstCpu = cpu - cpuBefore;
      return new double[] {
        ready, firstResponse, cpu, first, firstCpu, warm, warmCpu, first / warm, firstCpu / warmCpu
      };
    }
  }

  private static double invoke(FunctionProcess process, FunctionDefinition function, byte[] event)
      throws InterruptedException {
    long start = System.nanoTime();
    Invocation answer =
        process.invoke(
            Long.toString(start), function.arn(), event, Instant.now().plus(function.timeout()));
    if (answer.failed()) {
      throw new IllegalStateException(new String(answer.payload(), StandardCharsets.UTF_8));
    }
    return since(start);
  }

  private static String name(FunctionDefinition function) {
    return function.handler().replaceFirst(".*\\.(\\w+)(::.*)?$", "$1");
  }

  /** In steps of 10 ms, as the machine counts. */
  private static double cpu(FunctionProcess process) {
    return process.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
