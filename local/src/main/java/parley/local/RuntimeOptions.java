package parley.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parley.local.faults.Faults;

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
 * @param overrides environment variables of all functions that win over the template's
 * @param clock the time of the functions, of the gateway and of the schedules
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
    Map<String, String> overrides,
    Clock clock,
    boolean schedulesRun,
    Duration retryDelay,
    Faults faults,
    @Nullable Path jar,
    Consumer<String> log) {
  public RuntimeOptions {
    environment = Map.copyOf(environment);
    overrides = Map.copyOf(overrides);
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
        Map.of(),
        Clock.systemUTC(),
        false,
        Duration.ofMillis(100),
        Faults.NONE,
        null,
        line -> {});
  }

  public RuntimeOptions withPorts(int port, int awsPort) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withFresh(boolean fresh) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withClock(Clock clock) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withEnvironment(Map<String, String> environment) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withOverrides(Map<String, String> overrides) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withTemplates(@Nullable Path templates) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withFaults(Faults faults) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withJar(@Nullable Path jar) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }

  public RuntimeOptions withLog(Consumer<String> log) {
    return new RuntimeOptions(
        port,
        awsPort,
        data,
        fresh,
        templates,
        environment,
        overrides,
        clock,
        schedulesRun,
        retryDelay,
        faults,
        jar,
        log);
  }
}
