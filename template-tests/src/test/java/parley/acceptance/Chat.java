package parley.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.crac.Core;
import org.crac.Resource;
import parley.local.LocalRuntime;
import parley.local.RuntimeOptions;
import parley.local.aws.AwsRequest;
import parley.local.aws.CallLedger;
import parley.local.aws.Callers;
import parley.local.faults.CallFault;
import parley.local.faults.EventFault;
import parley.local.faults.Faults;
import parley.local.lambda.Execution;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Invocation;
import parley.local.usage.Meter;

/** The running system, booted from the approved template, with a data folder of its own. */
final class Chat implements AutoCloseable {
  private final TestClock clock = new TestClock();
  private final TestSleeper sleeper = new TestSleeper();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Witness witness = new Witness(this::isIdle);
  private final Path data;
  private final UnaryOperator<RuntimeOptions> options;
  private volatile Faults faults = Faults.NONE;
  private LocalRuntime runtime;
  private AwsApis aws;

  private Chat(Path data, UnaryOperator<RuntimeOptions> options) {
    this.data = data;
    this.options = options;
    boot();
  }

  static Chat start() {
    return start(options -> options);
  }

  static Chat start(UnaryOperator<RuntimeOptions> options) {
    try {
      return new Chat(Files.createTempDirectory("parley-acceptance"), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void boot() {
    runtime =
        LocalRuntime.start(
            options.apply(
                RuntimeOptions.quiet(data)
                    .withClock(clock)
                    .withSleeper(sleeper)
                    .withFaults(new CurrentFaults())
                    .withLog(log::add)));
    runtime.callers().watch(witness);
    aws = new AwsApis(URI.create(runtime.awsUrl()));
  }

  /** Stops the system and starts it again on the same data. */
  void restart() {
    aws.close();
    runtime.close();
    boot();
  }

  /** Runs this while things go wrong with the calls that functions make and with connections. */
  void with(Faults wrong, Runnable action) {
    faults = wrong;
    try {
      action.run();
    } finally {
      faults = Faults.NONE;
    }
  }

  private final class CurrentFaults implements Faults {
    @Override
    public CallFault onCall(String service, AwsRequest request) {
      return faults.onCall(service, request);
    }

    @Override
    public EventFault onConnect(String connectionId) {
      return faults.onConnect(connectionId);
    }

    @Override
    public EventFault onDisconnect(String connectionId) {
      return faults.onDisconnect(connectionId);
    }
  }

  /** Calls a function as a schedule does that is due at this time. */
  void runScheduled(String function, Instant due) {
    Invocation invocation = invoke(function(function), Json.write(Map.of("time", due.toString())));
    if (invocation.failed()) {
      throw new AssertionError(new String(invocation.payload(), StandardCharsets.UTF_8));
    }
  }

  /** Stops the database as a power failure would, runs this, and starts the database again. */
  void withoutDatabase(Runnable action) {
    runtime.postgres().stopImmediate();
    try {
      action.run();
    } finally {
      runtime.postgres().start();
    }
  }

  /** Pauses the database, as Aurora does when it is idle; the next call starts its resuming. */
  void pauseDatabase(Duration resuming) {
    runtime.rdsData().pause(resuming);
  }

  /** The HTTP API, called without a token. */
  Api api() {
    return new Api(URI.create(runtime.httpUrl()), Map.of());
  }

  /** Where HTTP and Socket.IO clients are pointed. */
  URI httpUrl() {
    return URI.create(runtime.httpUrl());
  }

  URI socketUrl() {
    return URI.create(runtime.webSocketUrl());
  }

  /** The AWS services' own APIs. */
  AwsApis aws() {
    return aws;
  }

  /** The functions of the template. */
  List<FunctionDefinition> functions() {
    return runtime.functions().definitions();
  }

  /** The function with a handler class of this name. */
  FunctionDefinition function(String name) {
    return functions().stream()
        .filter(function -> function.handler().endsWith("." + name))
        .findFirst()
        .orElseThrow();
  }

  /** Invokes a function, as a service of AWS does, and waits for its answer. */
  Invocation invoke(FunctionDefinition function, String event) {
    return runtime.functions().invoke(function.arn(), event.getBytes(StandardCharsets.UTF_8));
  }

  /** The database itself as the owner of its schema, for what no route shows. */
  Database openDatabase() {
    return openDatabase(GrantStories.MIGRATION);
  }

  /**
   * The database itself, with the login of a function.
   *
   * @param function the name of its handler's class
   */
  Database openDatabase(String function) {
    return new Database(URI.create(runtime.awsUrl()), function(function).environment());
  }

  /**
   * Lets time pass, a minute at a time, with all that the schedules do in it. What {@link #clock}
   * is advanced by is a leap in which no schedule runs.
   */
  void pass(Duration time) {
    for (long minutes = time.toMinutes(); minutes > 0; minutes--) {
      clock.advance(Duration.ofMinutes(1));
      runtime.schedules().runDue();
      awaitEvents();
    }
  }

  /** Waits until all is done that functions were to do asynchronously. */
  void awaitEvents() {
    Eventually.await("the events are done", () -> runtime.functions().pendingEvents() == 0);
  }

  /** Does with every function what Lambda does before it takes a snapshot for SnapStart. */
  void takeSnapshot() {
    withEachFunction(function -> function.beforeCheckpoint(Core.getGlobalContext()));
  }

  /**
   * Does with every function what Lambda does after it restored one from a snapshot: what is next
   * is done as in new environments, which know no secret yet.
   */
  void restoreSnapshot() {
    withEachFunction(function -> function.afterRestore(Core.getGlobalContext()));
  }

  private interface Hook {
    void run(Resource function) throws Exception;
  }

  private void withEachFunction(Hook hook) {
    for (Resource function : runtime.functions().snapshotResources()) {
      try {
        hook.run(function);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** What AWS would bill for all that the functions have done, once they are done. */
  private Map<Meter, Double> usage() {
    awaitIdle();
    return runtime.usage().total();
  }

  /**
   * What an action uses, until the functions that it starts are done; what it does not is left out.
   */
  Map<Meter, Double> used(Runnable action) {
    Map<Meter, Double> before = usage();
    action.run();
    Map<Meter, Double> used = new EnumMap<>(Meter.class);
    usage()
        .forEach(
            (meter, units) -> {
              double more = units - before.getOrDefault(meter, 0.0);
              if (more > 0) {
                used.put(meter, more);
              }
            });
    return used;
  }

  TestClock clock() {
    return clock;
  }

  /** What the functions pause by before they try a delivery again. */
  TestSleeper sleeper() {
    return sleeper;
  }

  /** Every line that was logged since it was started, those of the functions in JSON. */
  List<String> log() {
    return List.copyOf(log);
  }

  /** Who calls AWS services, and what they may do. */
  Callers callers() {
    return runtime.callers();
  }

  /** Sees what functions ask AWS to do. */
  Witness witness() {
    return witness;
  }

  /** Whether no function runs or is going to. */
  boolean isIdle() {
    return runtime.functions().executions().isIdle() && runtime.functions().pendingEvents() == 0;
  }

  /** Waits until no function runs or is going to. */
  void awaitIdle() {
    Eventually.await("the functions are done", this::isIdle);
  }

  /** Waits until no connection is open and no function runs. */
  void awaitClosed() {
    Eventually.await("the connections have closed", () -> runtime.gateway().isQuiet() && isIdle());
  }

  /** Ends what runs, as faults of its machines do, as often as it is tried again. */
  void endFunctions() {
    Eventually.await(
        "the functions have ended",
        () -> {
          runtime.functions().executions().running().forEach(Execution::kill);
          return isIdle();
        });
  }

  /** Waits until nobody is connected and no function has anything left to do for who was. */
  void awaitSilence() {
    Eventually.await("nobody is connected", () -> aws().connections() == 0);
    // By then whoever left has been told offline.
    pass(Duration.ofMinutes(2));
    awaitIdle();
  }

  /** The messages of the queue of failed deliveries. */
  List<String> deadLetters() {
    return runtime.functions().failedEvents().all();
  }

  CallLedger ledger() {
    return runtime.ledger();
  }

  @Override
  public void close() {
    aws.close();
    runtime.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
