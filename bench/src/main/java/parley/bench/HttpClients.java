package parley.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.bench.Measured.Mark;
import parley.platform.aws.TlsRehearsal;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Measures the HTTP clients that the AWS SDK can use, each in processes of its own, as they are
 * used after a restore: the SDK has been rehearsed without a connection, and then the client is
 * made and opens its first one, over TLS as to AWS. A stub answers, so that nothing but the client
 * differs.
 */
public final class HttpClients {
  private static final int REHEARSED_CALLS = 200;
  private static final int LATER_CALLS = 200;
  private static final String ANSWER = "{\"TableNames\":[]}";

  private static final String WITH_TLS = ", TLS rehearsed";

  private static final List<String> KINDS =
      Stream.of("url-connection", "apache", "apache 5", "crt")
          .flatMap(client -> Stream.of(client, client + WITH_TLS))
          .toList();

  /** The stub's certificate is nobody's. */
  private static final AttributeMap TRUSTING =
      AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();

  private HttpClients() {}

  /** By name; each is loaded only where it is asked for. */
  private static Supplier<SdkHttpClient> client(String name) {
    return switch (name) {
      case "url-connection" -> () -> UrlConnectionHttpClient.builder().buildWithDefaults(TRUSTING);
      case "apache" -> () -> ApacheHttpClient.builder().buildWithDefaults(TRUSTING);
      case "apache 5" -> () -> Apache5HttpClient.builder().buildWithDefaults(TRUSTING);
      case "crt" -> () -> AwsCrtHttpClient.builder().buildWithDefaults(TRUSTING);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Prints the table of all clients, in Markdown. */
  static void compare(PrintStream out, int rounds) throws IOException, InterruptedException {
    Measured measured = new Measured();
    try (TlsStub stub = TlsStub.start(ANSWER)) {
      for (int round = 0; round < rounds; round++) {
        for (String client : KINDS) {
          measured.add(
              client, Measured.spawn(HttpClients.class, client, Integer.toString(stub.port())));
        }
      }
    }
    out.println("| HTTP client | first call | its CPU | later call | its CPU |");
    out.println("|---|--:|--:|--:|--:|");
    measured.rows().forEach(out::println);
    out.println();
  }

  /**
   * One process: prints its figures.
   *
   * @param arguments the client's name and the stub's port
   */
  public static void main(String[] arguments) {
    Rehearsed http = new Rehearsed();
    try (DynamoDbClient dynamoDb =
        DynamoDbClient.builder()
            .httpClient(http)
            .endpointOverride(URI.create("https://localhost:" + arguments[1]))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build()) {
      for (int i = 0; i < REHEARSED_CALLS; i++) {
        dynamoDb.listTables();
      }
      if (arguments[0].endsWith(WITH_TLS)) {
        TlsRehearsal.rehearse();
      }
      Mark start = Mark.now();
      http.connecting = client(arguments[0].replace(WITH_TLS, "")).get();
      dynamoDb.listTables();
      double first = start.elapsed();
      double cpu = start.cpu();
      for (int i = 0; i < LATER_CALLS; i++) {
        dynamoDb.listTables();
      }
      Mark warm = Mark.now();
      double later =
          Measured.median(
              DoubleStream.generate(
                      () -> {
                        Mark call = Mark.now();
                        dynamoDb.listTables();
                        return call.elapsed();
                      })
                  .limit(LATER_CALLS));
      Measured.print(first, cpu, later, warm.cpu() / LATER_CALLS);
    }
  }

  /** Answers by itself until it has a client that connects. */
  private static final class Rehearsed implements SdkHttpClient {
    private @Nullable SdkHttpClient connecting;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return connecting == null ? new Answer() : connecting.prepareRequest(request);
    }

    @Override
    public void close() {
      if (connecting != null) {
        connecting.close();
      }
    }
  }

  private static final class Answer implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() {
      byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpResponse.builder()
                  .statusCode(200)
                  .putHeader("content-length", Integer.toString(body.length))
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }

    @Override
    public void abort() {}
  }
}
