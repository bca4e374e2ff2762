package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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
 * A restore from a snapshot cannot be had here; what is measured is what the snapshot holds.
 *
 * <p>Prints a table in Markdown: medians of several processes, whose kinds take turns so that all
 * see the same machine.
 */
public final class ColdStart {
  private static final int PROCESSES = 3;
  private static final int WARM_INVOCATIONS = 30;

  /** org.crac then finds no implementation, and nothing is rehearsed. */
  private static final String NOT_REHEARSED = "-Dorg.crac.Core.Compat=none";

  /** What one process showed, in milliseconds. */
  private record Run(
      double ready, double firstResponse, double cpu, double first, double firstCpu, double warm) {}

  private final LocalRuntime system;
  private final Scene scene;
  private final TaskRoot code;

  private ColdStart(LocalRuntime system, Scene scene, TaskRoot code) {
    this.system = system;
    this.scene = scene;
    this.code = code;
  }

  /**
   * Measures all functions.
   *
   * @param arguments the functions' jar; the system property {@code flags} has flags of the JVM to
   *     try besides
   */
  @SuppressWarnings("SystemOut") // The tables are what it is for.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("parley-bench");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (LocalRuntime system = LocalRuntime.start(RuntimeOptions.quiet(data));
        Scene scene = Scene.set(system);
        TaskRoot code = TaskRoot.unpack(Path.of(arguments[0]))) {
      ColdStart bench = new ColdStart(system, scene, code);
      out.println(
          "| function | start | ready | first response | CPU until then "
              + "| first invocation | its CPU | warm | first / warm |");
      out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|");
      for (FunctionDefinition function : system.functions().definitions()) {
        bench.measure(function).forEach((kind, runs) -> out.println(row(function, kind, runs)));
      }
    }
    out.println();
    HttpClients.compare(out);
  }

  private Map<String, List<Run>> measure(FunctionDefinition function)
      throws IOException, InterruptedException {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    kinds.put("rehearsed", List.of());
    kinds.put("not rehearsed", List.of(NOT_REHEARSED));
    String flags = System.getProperty("flags", "");
    if (!flags.isBlank()) {
      kinds.put("rehearsed, " + flags, List.of(flags.split(" ", -1)));
    }
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int i = 0; i < PROCESSES; i++) {
      for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
        runs.computeIfAbsent(kind.getKey(), key -> new ArrayList<>())
            .add(run(function, kind.getValue()));
      }
    }
    return runs;
  }

  private Run run(FunctionDefinition function, List<String> flags)
      throws IOException, InterruptedException {
    byte[] event = scene.event(name(function));
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
      List<Double> warm = new ArrayList<>();
      for (int i = 0; i < WARM_INVOCATIONS; i++) {
        warm.add(invoke(process, function, event));
      }
      // The first half still warms up.
      return new Run(
          ready,
          firstResponse,
          cpu,
          first,
          cpu - cpuBefore,
          median(warm.subList(WARM_INVOCATIONS / 2, WARM_INVOCATIONS).stream()));
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

  private static String row(FunctionDefinition function, String kind, List<Run> runs) {
    double first = median(runs, Run::first);
    double warm = median(runs, Run::warm);
    return "| %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f |"
        .formatted(
            name(function),
            kind,
            median(runs, Run::ready),
            median(runs, Run::firstResponse),
            median(runs, Run::cpu),
            first,
            median(runs, Run::firstCpu),
            warm,
            first / warm);
  }

  private static String name(FunctionDefinition function) {
    return function.handler().replaceFirst(".*\\.(\\w+)(::.*)?$", "$1");
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    return median(runs.stream().map(figure::applyAsDouble));
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().collect(Collectors.toList());
    return sorted.get(sorted.size() / 2);
  }

  private static double cpu(FunctionProcess process) {
    return process.handle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
