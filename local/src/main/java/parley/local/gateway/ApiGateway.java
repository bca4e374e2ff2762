package parley.local.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import parley.local.aws.AwsService;
import parley.local.lambda.Functions;

/**
 * API Gateway on one port: the HTTP API at {@code /}, the WebSocket API at {@code /<stage>}.
 *
 * <p>Its behaviour is what AWS documents: limits, status codes, close codes, error frames, and the
 * events that functions get. Real AWS gives each API a host of its own; here an upgrade request, or
 * any request for the stage's path, is the WebSocket API's, and the rest is the HTTP API's.
 */
public final class ApiGateway implements AutoCloseable {
  private static final int MAXIMUM_PARSED_HEAD_BYTES = 64 * 1024;

  /** More than an authorizer and $connect may take together, or else Jetty would cut them short. */
  private static final long IDLE_MILLISECONDS = TimeUnit.MINUTES.toMillis(2);

  private static final long CLOSE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Server server;
  private final ServerConnector connector;
  private final SocketApi socketApi;
  private final AwsService connections;
  private final ScheduledExecutorService sweeper;

  private ApiGateway(
      GatewayOptions options,
      Functions functions,
      HttpApiDefinition httpDefinition,
      WebSocketApiDefinition socketDefinition) {
    Ids ids = new Ids(options.random());
    Integrations integrations = new Integrations(functions);
    HttpApi httpApi = new HttpApi(httpDefinition, options, ids, integrations);
    socketApi = new SocketApi(socketDefinition, options, ids, integrations);
    connections = new ConnectionsService(socketApi, options);
    server = new Server(threads());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MILLISECONDS);
    server.addConnector(connector);
    server.setErrorHandler(ApiGateway::answerError);
    server.setHandler(new Switch(httpApi, new Upgrades(socketApi, server, options.log())));
    sweeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gateway-sweeper").daemon().factory());
  }

  /**
   * Starts both APIs.
   *
   * @throws UncheckedIOException if the port is taken
   * @throws IllegalArgumentException if a definition holds a route key or an expression that this
   *     gateway does not understand
   */
  public static ApiGateway start(
      GatewayOptions options,
      Functions functions,
      HttpApiDefinition httpApi,
      WebSocketApiDefinition webSocketApi) {
    ApiGateway gateway = new ApiGateway(options, functions, httpApi, webSocketApi);
    gateway.start(options);
    return gateway;
  }

  /** The port that both APIs listen on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The {@code execute-api} service: {@code @connections} of the WebSocket API. */
  public AwsService connections() {
    return connections;
  }

  /**
   * Closes the connections that are idle or too old by the clock; this also happens by itself every
   * {@link GatewayOptions.Limits#sweepInterval}.
   */
  public void sweep() {
    socketApi.connections().sweep();
  }

  /** Cuts a connection as a network does: no close frame comes; one that is gone is no error. */
  public void cut(String connectionId) {
    socketApi.connections().find(connectionId).ifPresent(SocketConnection::abort);
  }

  /** Whether no connection is open, and every {@code $disconnect} has been handled. */
  public boolean isQuiet() {
    return socketApi.isQuiet();
  }

  /**
   * Stops listening, closes every connection with 1001, waits up to two seconds for the clients to
   * answer and for {@code $disconnect} to be handled, and cuts what is left.
   */
  @Override
  public void close() {
    sweeper.shutdownNow();
    var _ = connector.shutdown();
    socketApi.connections().closeAll();
    awaitQuiet(CLOSE_PATIENCE_NANOS / 2);
    socketApi.connections().abortAll();
    awaitQuiet(CLOSE_PATIENCE_NANOS / 2);
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the gateway's server does not stop", e);
    }
  }

  private void start(GatewayOptions options) {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      close();
      throw new IllegalStateException("the gateway's server does not start", e);
    }
    long interval = options.limits().sweepInterval().toMillis();
    var _ = sweeper.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void awaitQuiet(long patienceNanos) {
    long deadline = System.nanoTime() + patienceNanos;
    while (!socketApi.isQuiet() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Answers what Jetty refuses before a handler sees it, a malformed request for one. */
  private static boolean answerError(Request request, Response response, Callback callback) {
    String message = HttpStatus.getMessage(response.getStatus());
    Exchange.answer(response, callback, response.getStatus(), Json.message(message));
    return true;
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("gateway");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("gateway-", 0).factory()));
    return threads;
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAXIMUM_PARSED_HEAD_BYTES);
    // Header names reach the functions as the client wrote them.
    configuration.setHeaderCacheCaseSensitive(true);
    // API Gateway passes on what Jetty finds ambiguous, an encoded slash for one.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }

  /** Sends each request to its API. */
  private static final class Switch extends Handler.Abstract {
    private final HttpApi httpApi;
    private final Upgrades upgrades;

    Switch(HttpApi httpApi, Upgrades upgrades) {
      this.httpApi = httpApi;
      this.upgrades = upgrades;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Exchange exchange = new Exchange(request);
      if (upgrades.concerns(exchange)) {
        upgrades.handle(exchange, response, callback);
      } else {
        httpApi.handle(exchange, response, callback);
      }
      return true;
    }
  }
}
