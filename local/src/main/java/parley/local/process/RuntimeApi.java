package parley.local.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import parley.local.lambda.Invocation;

/**
 * Lambda's Runtime API, version 2018-06-01, as one execution environment sees it, with the path for
 * SnapStart's restore that AWS's runtime client for Java asks for, and the endpoint from which an
 * environment that starts from a snapshot reads the credentials of its role.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime";
  private static final String CREDENTIALS = "/2021-04-23/credentials";
  private static final Duration CREDENTIALS_LAST = Duration.ofHours(6);

  private record Pending(
      String requestId,
      String functionArn,
      byte[] event,
      Instant deadline,
      CompletableFuture<Invocation> answer) {}

  private final String accessKey;
  private final String credentialsToken = UUID.randomUUID().toString();
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("runtime-api-", 0).factory());
  private final BlockingQueue<Pending> next = new LinkedBlockingQueue<>();
  private final Map<String, Pending> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final CompletableFuture<Invocation> ended = new CompletableFuture<>();

  /**
   * @param accessKey of the role that the environment acts for
   */
  RuntimeApi(String accessKey) {
    this.accessKey = accessKey;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port for the Runtime API", e);
    }
    server.setExecutor(threads);
    server.createContext(RUNTIME, this::runtime);
    server.createContext(CREDENTIALS, this::credentials);
    server.start();
  }

  /** Host and port, for AWS_LAMBDA_RUNTIME_API. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  String credentialsUrl() {
    return "http://" + address() + CREDENTIALS;
  }

  /** For AWS_CONTAINER_AUTHORIZATION_TOKEN. */
  String credentialsToken() {
    return credentialsToken;
  }

  /**
   * Done when the environment has initialized itself and waits to be restored or for its first
   * event; failed if it reported an error before, or ended.
   */
  CompletableFuture<Void> initialized() {
    return initialized;
  }

  /** Lets an environment that waits for it go on, as after the restore of its snapshot. */
  void restore() {
    restored.complete(null);
  }

  /**
   * Has the environment handle an event, once it asks for one.
   *
   * @throws InterruptedException if the caller does not want the answer any more; the environment
   *     may still be at it then
   */
  Invocation invoke(String requestId, String functionArn, byte[] event, Instant deadline)
      throws InterruptedException {
    Pending pending =
        new Pending(requestId, functionArn, event, deadline, new CompletableFuture<>());
    running.put(requestId, pending);
    try {
      var _ = ended.thenAccept(pending.answer()::complete);
      next.add(pending);
      return pending.answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an invocation has always an answer", e);
    } finally {
      running.remove(requestId);
    }
  }

  /** Tells that the environment has ended; whatever it still had to answer gets this answer. */
  void ended(Invocation answer) {
    initialized.completeExceptionally(
        new IllegalStateException(new String(answer.payload(), UTF_8)));
    ended.complete(answer);
  }

  private void runtime(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(RUNTIME.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      String[] parts = path.substring(1).split("/", -1);
      switch (exchange.getRequestMethod() + " " + parts[parts.length - 1]) {
        case "GET next" -> {
          initialized.complete(null);
          if (parts[0].equals("restore")) {
            restored.join();
            answer(exchange, 200, new byte[0]);
          } else {
            giveNext(exchange);
          }
        }
        case "POST response" -> finish(exchange, parts[1], new Invocation(body, false));
        case "POST error" -> {
          if (parts[0].equals("invocation")) {
            finish(exchange, parts[1], new Invocation(body, true));
          } else {
            // Of the initialization or of the restore.
            ended(new Invocation(body, true));
            accept(exchange);
          }
        }
        default -> answer(exchange, 404, new byte[0]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveNext(HttpExchange exchange) throws IOException, InterruptedException {
    Pending pending = next.take();
    exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", pending.requestId());
    exchange
        .getResponseHeaders()
        .add("Lambda-Runtime-Deadline-Ms", Long.toString(pending.deadline().toEpochMilli()));
    exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", pending.functionArn());
    answer(exchange, 200, pending.event());
  }

  private void finish(HttpExchange exchange, String requestId, Invocation answer)
      throws IOException {
    Pending pending = running.get(requestId);
    if (pending == null) {
      answer(exchange, 400, new byte[0]);
      return;
    }
    accept(exchange);
    pending.answer().complete(answer);
  }

  private static void accept(HttpExchange exchange) throws IOException {
    answer(exchange, 202, "{\"status\":\"OK\"}".getBytes(UTF_8));
  }

  private void credentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!credentialsToken.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 403, new byte[0]);
        return;
      }
      String credentials =
          JsonNodeFactory.instance
              .objectNode()
              .put("AccessKeyId", accessKey)
              .put("SecretAccessKey", "local")
              .put("Token", "local")
              .put("Expiration", Instant.now().plus(CREDENTIALS_LAST).toString())
              .toString();
      answer(exchange, 200, credentials.getBytes(UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
