package parley.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures the HTTP clients that the AWS SDK can use, each in processes of its own: the first call
 * of DynamoDB that a process makes, the CPU that it used until then, and a later call. A stub
 * answers, so that nothing but the client differs.
 */
public final class HttpClients {
  private static final int PROCESSES = 3;
  private static final int WARM_CALLS = 200;

  private static final Map<String, Supplier<SdkHttpClient>> CLIENTS =
      new TreeMap<>(
          Map.of(
              "url-connection", UrlConnectionHttpClient::create,
              "apache", ApacheHttpClient::create,
              "crt", AwsCrtHttpClient::create));

  private HttpClients() {}

  /** Prints the table of all clients, in Markdown. */
  static void compare(PrintStream out) throws IOException, InterruptedException {
    HttpServer stub = stub();
    Map<String, List<double[]>> runs = new TreeMap<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        for (String client : CLIENTS.keySet()) {
          runs.computeIfAbsent(client, key -> new ArrayList<>())
              .add(spawn(client, stub.getAddress().getPort()));
        }
      }
    } finally {
      stub.stop(0);
    }
    out.println("| HTTP client | first call | CPU until then | later call |");
    out.println("|---|--:|--:|--:|");
    runs.forEach(
        (client, figures) ->
            out.println(
                "| %s | %.0f | %.0f | %.2f |"
                    .formatted(
                        client, median(figures, 0), median(figures, 1), median(figures, 2))));
  }

  /**
   * One process: prints its three figures.
   *
   * @param arguments the client's name and the stub's port
   */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (DynamoDbClient dynamoDb =
        DynamoDbClient.builder()
            .httpClient(CLIENTS.getOrDefault(arguments[0], UrlConnectionHttpClient::create).get())
            .endpointOverride(URI.create("http://localhost:" + arguments[1]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build()) {
      dynamoDb.listTables();
      double first = (System.nanoTime() - start) / 1e6;
      double cpu =
          ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
      List<Double> warm = new ArrayList<>();
      for (int i = 0; i < WARM_CALLS; i++) {
        long began = System.nanoTime();
        dynamoDb.listTables();
        warm.add((System.nanoTime() - began) / 1e6);
      }
      List<Double> later = warm.subList(WARM_CALLS / 2, WARM_CALLS).stream().sorted().toList();
      print(first + " " + cpu + " " + later.get(later.size() / 2));
    }
  }

  @SuppressWarnings("SystemOut") // What started this process reads it there.
  private static void print(String figures) {
    System.out.println(figures);
  }

  private static double[] spawn(String client, int port) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HttpClients.class.getName(),
                client,
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the process with " + client + " failed: " + output);
    }
    String[] figures = output.strip().split(" ", -1);
    return new double[] {
      Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2])
    };
  }

  private static HttpServer stub() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "{\"TableNames\":[]}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static double median(List<double[]> runs, int figure) {
    List<Double> sorted = runs.stream().map(run -> run[figure]).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
