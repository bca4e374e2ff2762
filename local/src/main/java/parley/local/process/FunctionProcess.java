package parley.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Invocation;
import parley.local.template.Account;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * An execution environment of one function: a process in which AWS's own runtime client for Java
 * runs the function's packaged code against a {@link RuntimeApi}, with the environment that the
 * template and Lambda give it and nothing else of this machine's. It initializes itself as for a
 * SnapStart snapshot and is restored by its first invocation. It handles one event at a time.
 *
 * <p>The runtime client has native code, for Linux only.
 */
public final class FunctionProcess implements AutoCloseable {
  /** Lambda's limit on the initialization of a function that uses SnapStart is 130 s. */
  private static final Duration MOST_INITIALIZATION = Duration.ofSeconds(130);

  /** The system property by which the runtime client finds its native part. */
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final RuntimeApi api;
  private final Process process;

  private FunctionProcess(RuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
  }

  /**
   * Starts a process; it may still be initializing itself then.
   *
   * @param accessKey of the function's role
   * @param awsPort where its calls to AWS go
   * @param taskRoot the unpacked jar
   * @param flags of the JVM, besides what Lambda sets
   * @param log takes each line that the process writes
   */
  public static FunctionProcess start(
      FunctionDefinition function,
      String accessKey,
      int awsPort,
      TaskRoot taskRoot,
      List<String> flags,
      Consumer<String> log) {
    RuntimeApi api = new RuntimeApi(accessKey);
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                // Of the function's memory, the JVM's own parts need a share.
                Stream.of("-Xmx" + function.memoryMegabytes() * 4 / 5 + "m", "-XX:+UseSerialGC"),
                Stream.of("--enable-native-access=ALL-UNNAMED"),
                Stream.of("-D" + Redirect.PORT + "=" + awsPort),
                Stream.of("-D" + NATIVE_CLIENT + "=" + taskRoot.nativeClient()),
                // Lambda's runtime tells org.crac so whose checkpoints there are.
                Stream.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"),
                flags.stream(),
                Stream.of("-cp", runtimeClient(), AWSLambda.class.getName(), function.handler()))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(taskRoot.folder().toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables(function, api, taskRoot));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread.ofVirtual()
          .name(function.logicalId() + "-log")
          .start(() -> forward(process, line -> log.accept(function.logicalId() + ": " + line)));
      var _ = process.onExit().thenAccept(ended -> api.ended(exited(ended.exitValue())));
      return new FunctionProcess(api, process);
    } catch (IOException e) {
      api.close();
      throw new UncheckedIOException("cannot start " + function.logicalId(), e);
    }
  }

  /** The jars of AWS's runtime client, which on Lambda are part of the runtime. */
  private static String runtimeClient() {
    return Stream.of(
            AWSLambda.class,
            RequestHandler.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)
        .map(FunctionProcess::jar)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String jar(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Lambda sets, by its page "Defined runtime environment variables", and the function's. */
  private static Map<String, String> variables(
      FunctionDefinition function, RuntimeApi api, TaskRoot taskRoot) {
    Map<String, String> variables = new HashMap<>(function.environment());
    variables.put("_HANDLER", function.handler());
    variables.put("AWS_DEFAULT_REGION", Account.REGION);
    variables.put("AWS_REGION", Account.REGION);
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + function.memoryMegabytes());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    // With SnapStart there are no access keys in the environment, which the snapshot would keep.
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentialsUrl());
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", api.credentialsToken());
    variables.put("LAMBDA_TASK_ROOT", taskRoot.folder().toString());
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    return variables;
  }

  private static void forward(Process process, Consumer<String> log) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.accept(line);
      }
    } catch (IOException e) {
      // The process was killed.
    }
  }

  private static Invocation exited(int status) {
    byte[] error =
        JsonNodeFactory.instance
            .objectNode()
            .put("errorType", "Runtime.ExitError")
            .put("errorMessage", "Runtime exited with error: exit status " + status)
            .toString()
            .getBytes(UTF_8);
    return new Invocation(error, true);
  }

  /**
   * Waits until it has initialized itself.
   *
   * @throws IllegalStateException with what it reported, if it cannot
   */
  public void awaitInitialized() {
    try {
      api.initialized().orTimeout(MOST_INITIALIZATION.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException(String.valueOf(e.getCause()), e);
    }
  }

  /**
   * Has it handle an event; the first one restores it.
   *
   * @param functionArn as the caller named it, with the qualifier
   * @throws InterruptedException if the caller wants no answer any more; it must be closed then
   */
  public Invocation invoke(String requestId, String functionArn, byte[] event, Instant deadline)
      throws InterruptedException {
    api.restore();
    return api.invoke(requestId, functionArn, event, deadline);
  }

  /** Whether it can handle another event. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process, to measure it. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Ends the process at once. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      api.close();
    }
  }
}
