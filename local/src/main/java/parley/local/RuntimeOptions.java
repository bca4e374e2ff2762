package parley.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.local.faults.Faults;
import parley.platform.Sleeper;

/**
 * How the system is started on this machine.
 *
 * @param port of the HTTP and the WebSocket API; 0 for a free one
 * @param awsPort of the AWS services' APIs; 0 for a free one
 * @param data the folder that keeps the data; made if it is not there
 * @param fresh whether to empty that folder first
 * @param templates the folder with the templates; null for those that this build holds
 * @param environment what a person set: DATABASE_URL names another Postgres server, JWT_SECRET the
 *     secret that signs tokens
 * @param clock the time of the functions, of the gateway and of the schedules
 * @param sleeper the pauses of the functions before they try deliveries again, if they run in this
 *     JVM
 * @param schedulesRun whether schedules run by themselves; else they run when {@link
 *     parley.local.schedule.Schedules#runDue} is called, so that a test knows when
 * @param retryDelay before the first retry of an asynchronous invocation
 * @param faults what goes wrong between the parts
 * @param jar the functions' packaged jar, from which each runs in a process of its own; null to
 *     call them in this JVM
 * @param log takes one line for each request, and what functions log
 */
public record RuntimeOptions(
    int port,
    int awsPort,
    Path data,
    boolean fresh,
    @Nullable Path templates,
    Map<String, String> environment,
    Clock clock,
    Sleeper sleeper,
    boolean schedulesRun,
    Duration retryDelay,
    Faults faults,
    @Nullable Path jar,
    Consumer<String> log) {
  public RuntimeOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * For tests: free ports, nothing logged, nothing of the machine's environment, schedules run by
   * hand.
   */
  public static RuntimeOptions quiet(Path data) {
    return new RuntimeOptions(
        0,
        0,
        data,
        false,
        null,
        Map.of(),
        Clock.systemUTC(),
        Sleeper.SYSTEM,
        false,
        Duration.ofMillis(100),
        Faults.NONE,
        null,
        line -> {});
  }

  public RuntimeOptions withPorts(int port, int awsPort) {
    return with(
        copy -> {
          copy.port = port;
          copy.awsPort = awsPort;
        });
  }

  public RuntimeOptions withFresh(boolean fresh) {
    return with(copy -> copy.fresh = fresh);
  }

  public RuntimeOptions withEnvironment(Map<String, String> environment) {
    return with(copy -> copy.environment = environment);
  }

  public RuntimeOptions withClock(Clock clock) {
    return with(copy -> copy.clock = clock);
  }

  public RuntimeOptions withSleeper(Sleeper sleeper) {
    return with(copy -> copy.sleeper = sleeper);
  }

  public RuntimeOptions withTemplates(@Nullable Path templates) {
    return with(copy -> copy.templates = templates);
  }

  public RuntimeOptions withFaults(Faults faults) {
    return with(copy -> copy.faults = faults);
  }

  public RuntimeOptions withJar(@Nullable Path jar) {
    return with(copy -> copy.jar = jar);
  }

  public RuntimeOptions withLog(Consumer<String> log) {
    return with(copy -> copy.log = log);
  }

  private RuntimeOptions with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** Options while one of them is changed. */
  private static final class Copy {
    private int port;
    private int awsPort;
    private final Path data;
    private boolean fresh;
    private @Nullable Path templates;
    private Map<String, String> environment;
    private Clock clock;
    private Sleeper sleeper;
    private final boolean schedulesRun;
    private final Duration retryDelay;
    private Faults faults;
    private @Nullable Path jar;
    private Consumer<String> log;

    Copy(RuntimeOptions options) {
      port = options.port;
      awsPort = options.awsPort;
      data = options.data;
      fresh = options.fresh;
      templates = options.templates;
      environment = options.environment;
      clock = options.clock;
      sleeper = options.sleeper;
      schedulesRun = options.schedulesRun;
      retryDelay = options.retryDelay;
      faults = options.faults;
      jar = options.jar;
      log = options.log;
    }

    RuntimeOptions options() {
      return new RuntimeOptions(
          port,
          awsPort,
          data,
          fresh,
          templates,
          environment,
          clock,
          sleeper,
          schedulesRun,
          retryDelay,
          faults,
          jar,
          log);
    }
  }
}
