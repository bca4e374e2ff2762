package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.platform.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** The functions' JVM options let the posts of a fan-out use the sockets of the posts before. */
class SocketReuseTest {
  private static final int BATCH = 40;
  private static final int BATCHES = 5;
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void postsInBatchesReuseTheirSockets() throws Exception {
    String options =
        Deployed.of(Synthesis.standard()).stream()
            .filter(function -> function.name().equals("DeliveryFunction"))
            .map(
                function -> Objects.requireNonNull(function.environment().get("JAVA_TOOL_OPTIONS")))
            .findFirst()
            .orElseThrow();
    Set<Integer> sockets = ConcurrentHashMap.newKeySet();
    // The posts of a batch are answered when all have come, so that each has a socket of its own.
    CyclicBarrier batch = new CyclicBarrier(BATCH);
    HttpServer gateway =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BATCH * 2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      gateway.setExecutor(threads);
      gateway.createContext("/", exchange -> answer(exchange, batch, sockets));
      gateway.start();

      Process function = start(options, gateway.getAddress().getPort());
      String output = new String(function.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(function.waitFor()).as(output).isZero();
    } finally {
      gateway.stop(0);
    }
    assertThat(sockets).as("sockets of %d posts", BATCH * BATCHES).hasSize(BATCH);
  }

  private static void answer(HttpExchange exchange, CyclicBarrier batch, Set<Integer> sockets)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (!exchange.getRequestURI().getPath().endsWith("/" + Poster.FIRST)) {
      sockets.add(exchange.getRemoteAddress().getPort());
      try {
        batch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Process start(String options, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Poster.class.getName(),
            "http://127.0.0.1:" + port + "/ws");
    builder.environment().put("JAVA_TOOL_OPTIONS", options);
    return builder.redirectErrorStream(true).start();
  }

  /** A process that posts as the functions do, by the same client. */
  static final class Poster {
    /** The connection of a first post, by which the client is loaded before others wait for it. */
    static final String FIRST = "first";

    private Poster() {}

    /**
     * Posts the batches, each when the one before is answered.
     *
     * @param arguments the endpoint of the connections
     */
    public static void main(String[] arguments) throws Exception {
      AwsClients clients =
          new AwsClients(
              client ->
                  client
                      .region(Region.US_EAST_1)
                      .credentialsProvider(
                          StaticCredentialsProvider.create(
                              AwsBasicCredentials.create("key", "secret"))));
      try (ApiGatewayManagementApiClient gateway = clients.connections(URI.create(arguments[0]));
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        post(gateway, FIRST);
        for (int batch = 0; batch < BATCHES; batch++) {
          for (Future<Boolean> posted :
              threads.invokeAll(
                  IntStream.range(0, BATCH)
                      .<Callable<Boolean>>mapToObj(i -> () -> post(gateway, "connection" + i))
                      .toList())) {
            posted.get();
          }
        }
      }
    }

    private static boolean post(ApiGatewayManagementApiClient gateway, String connection) {
      gateway.postToConnection(
          request -> request.connectionId(connection).data(SdkBytes.fromUtf8String("{}")));
      return true;
    }
  }
}
