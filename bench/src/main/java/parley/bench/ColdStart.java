package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
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
 * Only AWS restores snapshots, so this measures a start with what a snapshot would hold.
 *
 * <p>Prints tables in Markdown; {@link Measured} has how their figures come about.
 */
final class ColdStart {
  /** org.crac then finds no implementation, and nothing is rehearsed. */
  private static final String NOT_REHEARSED = "-Dorg.crac.Core.Compat=none";

  static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int WARM = Integer.getInteger("warm", 15);

  private final LocalRuntime system;
  private final Scene scene;
  private final TaskRoot code;
  private final PrintStream out;

  private ColdStart(LocalRuntime system, Scene scene, TaskRoot code, PrintStream out) {
    this.system = system;
    this.scene = scene;
    this.code = code;
    this.out = out;
  }

  /**
   * Prints the tables of functions or commands, or both.
   *
   * @param jar the functions' packaged jar
   * @param measure what is asked for; what other benchmarks measure is ignored
   */
  static void measure(PrintStream out, Path jar, Set<String> measure)
      throws IOException, InterruptedException {
    if (!measure.contains("functions") && !measure.contains("commands")) {
      return;
    }
    try (ScratchFolder data = ScratchFolder.make();
        LocalRuntime system = LocalRuntime.start(RuntimeOptions.quiet(data.path()));
        Scene scene = Scene.set(system);
        TaskRoot code = TaskRoot.unpack(jar)) {
      ColdStart bench = new ColdStart(system, scene, code, out);
      if (measure.contains("functions")) {
        bench.functions();
      }
      if (measure.contains("commands")) {
        bench.commands();
      }
    }
  }

  /** How each function starts, in each kind of process. */
  private void functions() throws IOException, InterruptedException {
    Measured measured = new Measured();
    for (int round = 0; round < ROUNDS; round++) {
      for (FunctionDefinition function : definitions()) {
        byte[] event = scene.events(name(function)).values().iterator().next();
        for (String flags : flags()) {
          measured.add(row(function, "rehearsed", flags), run(function, event, flags));
          measured.add(
              row(function, "not rehearsed", flags),
              run(function, event, NOT_REHEARSED + " " + flags));
        }
      }
    }
    print("function | start", measured);
  }

  /** What a function's first invocation takes, by what it is asked for. */
  private void commands() throws IOException, InterruptedException {
    Measured measured = new Measured();
    for (int round = 0; round < ROUNDS; round++) {
      for (FunctionDefinition function : definitions()) {
        for (Map.Entry<String, byte[]> event : scene.events(name(function)).entrySet()) {
          for (String flags : flags()) {
            measured.add(
                row(function, event.getKey(), flags), run(function, event.getValue(), flags));
          }
        }
      }
    }
    print("function | asked for", measured);
  }

  private static String row(FunctionDefinition function, String what, String flags) {
    return name(function) + " | " + what + (flags.isEmpty() ? "" : ", " + flags);
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

  /** The JVM's flags that take turns: none first, then those that are asked for. */
  private static List<String> flags() {
    return Stream.concat(
            Stream.of(""),
            Arrays.stream(System.getProperty("flags", "").split(";", -1))
                .map(String::strip)
                .filter(flags -> !flags.isEmpty()))
        .toList();
  }

  /** What one process shows: the figures of a row, times in milliseconds. */
  private double[] run(FunctionDefinition function, byte[] event, String flags)
      throws InterruptedException {
    long spawned = System.nanoTime();
    try (FunctionProcess process =
        FunctionProcess.start(
            function,
            system.accessKey(function.logicalId()),
            Integer.parseInt(system.awsUrl().replaceFirst(".*:", "")),
            code,
            Arrays.stream(flags.split(" ", -1)).filter(flag -> !flag.isEmpty()).toList(),
            line -> {})) {
      process.awaitInitialized();
      double ready = since(spawned);
      double cpuBefore = cpu(process);
      double first = invoke(process, function, event);
      double firstResponse = since(spawned);
      double cpu = cpu(process);
      for (int i = 0; i < WARM; i++) {
        invoke(process, function, event);
      }
      double cpuWarm = cpu(process);
      double[] later = new double[WARM];
      for (int i = 0; i < later.length; i++) {
        later[i] = invoke(process, function, event);
      }
      double median = Measured.median(DoubleStream.of(later));
      double warmCpu = (cpu(process) - cpuWarm) / later.length;
      double firstCpu = cpu - cpuBefore;
      return new double[] {
        ready,
        firstResponse,
        cpu,
        first,
        firstCpu,
        median,
        warmCpu,
        first / median,
        firstCpu / warmCpu
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
}
