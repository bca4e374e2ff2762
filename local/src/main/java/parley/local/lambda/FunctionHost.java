package parley.local.lambda;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import parley.local.aws.AwsException;
import parley.local.aws.Caller;
import parley.local.template.Deployment;

/**
 * Runs the functions of a deployment. In this JVM one handler object of each serves all its
 * invocations, which may run at the same time (Lambda would start another environment); timeouts
 * are those of the template, on real time. What a handler still does when its execution is over has
 * no effect on the services.
 */
public final class FunctionHost implements Functions, AutoCloseable {
  /** Lambda's limit of a synchronous response: 6 MiB and 100 bytes. */
  private static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024 + 100;

  private record Loaded(
      FunctionDefinition definition, Object object, Handler handler, Caller caller) {}

  private final FunctionNames names;
  private final AsyncSettings asyncSettings;
  private final Duration retryDelay;
  private final Consumer<String> log;
  private final Map<String, Loaded> functions = new LinkedHashMap<>();
  private final FailedEvents failedEvents = new FailedEvents();
  private final AtomicInteger pending = new AtomicInteger();
  private final Executions executions = new Executions();

  /**
   * @param retryDelay before the first retry of an asynchronous invocation; twice that before the
   *     second one (on Lambda: a minute)
   * @param log takes what handlers log through their context, and what becomes of events
   */
  public FunctionHost(Deployment deployment, Duration retryDelay, Consumer<String> log) {
    this.names = new FunctionNames(deployment);
    this.asyncSettings = new AsyncSettings(deployment);
    this.retryDelay = retryDelay;
    this.log = log;
  }

  /**
   * Makes a function's handler, so that a wrong class or a missing variable shows at once.
   *
   * @param caller in whose name its failed events are sent on
   * @param maker makes an object of the handler's class
   * @throws IllegalStateException naming the function, if that fails
   */
  public void load(FunctionDefinition definition, Caller caller, Function<Class<?>, Object> maker) {
    String className = definition.handler().replaceFirst("::handleRequest$", "");
    try {
      Object object = maker.apply(Class.forName(className));
      functions.put(definition.name(), new Loaded(definition, object, Handler.of(object), caller));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "%s: there is no handler class %s".formatted(definition.logicalId(), className), e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "%s does not start: %s".formatted(definition.logicalId(), e.getMessage()), e);
    }
  }

  /**
   * Has a function's events handled by {@code handler}.
   *
   * @param caller in whose name its failed events are sent on
   */
  public void load(FunctionDefinition definition, Caller caller, Handler handler) {
    functions.put(definition.name(), new Loaded(definition, handler, handler, caller));
  }

  /** The functions that were loaded. */
  public List<FunctionDefinition> definitions() {
    return functions.values().stream().map(Loaded::definition).toList();
  }

  /** The functions' handlers that take part in SnapStart by runtime hooks. */
  public List<Resource> snapshotResources() {
    return functions.values().stream()
        .map(Loaded::object)
        .filter(Resource.class::isInstance)
        .map(Resource.class::cast)
        .toList();
  }

  /** What reached on-failure destinations and dead-letter queues. */
  public FailedEvents failedEvents() {
    return failedEvents;
  }

  /** What runs now. */
  public Executions executions() {
    return executions;
  }

  /** Asynchronous invocations that are queued, running or waiting for a retry. */
  public int pendingEvents() {
    return pending.get();
  }

  @Override
  public Invocation invoke(String functionArn, byte[] event) {
    return invoke(find(functionArn, null), event, UUID.randomUUID().toString());
  }

  @Override
  public void invokeAsync(String functionArn, byte[] event) {
    invokeAsync(find(functionArn, null), event);
  }

  FunctionNames.Target find(String name, @Nullable String qualifier) {
    FunctionNames.Target target = names.find(name, qualifier);
    if (!functions.containsKey(target.functionName())) {
      throw new IllegalStateException(target.functionName() + " is not loaded");
    }
    return target;
  }

  Invocation invoke(FunctionNames.Target target, byte[] event, String requestId) {
    Loaded loaded = functions.get(target.functionName());
    if (loaded == null) {
      throw new IllegalStateException(target.functionName() + " is not loaded");
    }
    FunctionDefinition definition = loaded.definition();
    LocalContext context =
        new LocalContext(definition, target.arn(), target.version(), requestId, log);
    Invocation invocation =
        executions.run(
            requestId, definition.timeout(), () -> handle(loaded, event, context, requestId));
    if (context.getRemainingTimeInMillis() == 0) {
      log.accept(
          "%s: Task timed out after %d seconds"
              .formatted(definition.logicalId(), definition.timeout().toSeconds()));
    }
    return invocation;
  }

  private static Invocation handle(
      Loaded loaded, byte[] event, LocalContext context, String requestId) {
    try {
      Invocation answer = loaded.handler().handle(event, context);
      return answer.payload().length > MAX_RESPONSE_BYTES
          ? new Invocation(Failures.responseTooLarge(MAX_RESPONSE_BYTES), true)
          : answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Invocation(Failures.thrown(e), true);
    } catch (Throwable thrown) {
      if (!Thread.currentThread().isInterrupted()) {
        System.err.println(loaded.definition().logicalId() + " failed, request " + requestId);
        thrown.printStackTrace();
      }
      return new Invocation(Failures.thrown(thrown), true);
    }
  }

  void invokeAsync(FunctionNames.Target target, byte[] event) {
    pending.incrementAndGet();
    executions.start(
        () -> {
          try {
            run(target, event);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            pending.decrementAndGet();
          }
        });
  }

  private void run(FunctionNames.Target target, byte[] event) throws InterruptedException {
    AsyncSettings.Setting setting = asyncSettings.of(target);
    String requestId = UUID.randomUUID().toString();
    byte[] error = new byte[0];
    for (int attempt = 0; attempt <= setting.retries(); attempt++) {
      if (attempt > 0) {
        Thread.sleep(retryDelay.multipliedBy(attempt));
      }
      Invocation invocation = invoke(target, event, requestId);
      if (!invocation.failed()) {
        return;
      }
      error = invocation.payload();
    }
    int invocations = setting.retries() + 1;
    log.accept(
        "%s: gave an event up after %d attempts".formatted(target.functionName(), invocations));
    if (setting.destinationArn() != null) {
      send(
          target,
          setting.destinationArn(),
          Failures.destinationRecord(target, requestId, invocations, event, error));
    }
    if (setting.deadLetterArn() != null) {
      send(target, setting.deadLetterArn(), event);
    }
  }

  /** Lambda sends in the name of the function's role; what that may not send is lost. */
  private void send(FunctionNames.Target target, String queueArn, byte[] message) {
    Loaded loaded = Objects.requireNonNull(functions.get(target.functionName()));
    try {
      loaded.caller().check("sqs:SendMessage", queueArn);
      failedEvents.add(queueArn, message);
    } catch (AwsException e) {
      log.accept("%s: an event is lost: %s".formatted(target.functionName(), e.getMessage()));
    }
  }

  /** Ends what still runs. */
  @Override
  public void close() {
    executions.close();
  }
}
