package parley.local.process;

import com.amazonaws.services.lambda.runtime.Context;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Handler;
import parley.local.lambda.Invocation;

/**
 * Runs functions from their packaged jar, each in processes of its own: as many as there are events
 * at the same time, as on Lambda. They have the machine's clock.
 */
public final class PackagedFunctions implements AutoCloseable {
  private final TaskRoot taskRoot;
  private final int awsPort;
  private final Consumer<String> log;
  private final Map<FunctionProcess, String> processes = new ConcurrentHashMap<>();

  /**
   * @param jar the shaded jar with all functions
   * @param awsPort where their calls to AWS go
   * @param log takes what they write
   * @throws parley.local.BootException if there is no such jar
   */
  public PackagedFunctions(Path jar, int awsPort, Consumer<String> log) {
    this.taskRoot = TaskRoot.unpack(jar);
    this.awsPort = awsPort;
    this.log = log;
  }

  /**
   * Starts a function's first process.
   *
   * @param accessKey of the function's role
   */
  public Handler open(FunctionDefinition function, String accessKey) {
    return new Processes(() -> start(function, accessKey));
  }

  private FunctionProcess start(FunctionDefinition function, String accessKey) {
    FunctionProcess process =
        FunctionProcess.start(function, accessKey, awsPort, taskRoot, List.of(), log);
    processes.put(process, function.logicalId());
    return process;
  }

  /**
   * Waits until the first processes have initialized themselves.
   *
   * @throws IllegalStateException naming the function, if one cannot
   */
  public void awaitInitialized() {
    processes.forEach(
        (process, function) -> {
          try {
            process.awaitInitialized();
          } catch (IllegalStateException e) {
            throw new IllegalStateException(
                "%s does not start: %s".formatted(function, e.getMessage()), e);
          }
        });
  }

  private void end(FunctionProcess process) {
    processes.remove(process);
    process.close();
  }

  private final class Processes implements Handler {
    private final Supplier<FunctionProcess> starter;
    private final Deque<FunctionProcess> idle = new ConcurrentLinkedDeque<>();

    Processes(Supplier<FunctionProcess> starter) {
      this.starter = starter;
      idle.push(starter.get());
    }

    @Override
    public Invocation handle(byte[] event, Context context) throws InterruptedException {
      FunctionProcess process = idle.poll();
      if (process == null) {
        process = starter.get();
      }
      boolean reusable = false;
      try {
        Instant deadline = Instant.now().plusMillis(context.getRemainingTimeInMillis());
        Invocation answer =
            process.invoke(
                context.getAwsRequestId(), context.getInvokedFunctionArn(), event, deadline);
        reusable = process.isAlive();
        return answer;
      } finally {
        if (reusable) {
          idle.push(process);
        } else {
          end(process);
        }
      }
    }
  }

  @Override
  public void close() {
    processes.keySet().forEach(this::end);
    taskRoot.close();
  }
}
