package parley.functions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.functions.http.Router;
import parley.functions.socket.Sockets;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.user.UserId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/**
 * The application on an AWS that is played in the process: what it does before it asks a service,
 * and what it does when a service fails. The database is down until {@link #answer} says otherwise.
 */
public final class Offline {
  private static final String CONNECTIONS = "/ws/@connections/";

  private final List<String> posted = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private final App app;
  private Database database =
      () -> {
        throw new IOException("the database is down");
      };

  /** How the Data API answers a statement. */
  public interface Database {
    Answer answer() throws IOException;
  }

  /** A response of AWS. */
  public record Answer(int status, String body) {
    /** What has nothing to tell, as a statement's result that has no rows. */
    public static Answer ofNoRows() {
      return new Answer(200, "{}");
    }

    /** A statement's result with one row of one number. */
    public static Answer of(String column, long value) {
      return new Answer(
          200,
          "{\"columnMetadata\":[{\"label\":\"%s\"}],\"records\":[[{\"longValue\":%d}]]}"
              .formatted(column, value));
    }

    /** A statement's failure that is not its caller's. */
    public static Answer ofMistake(String message) {
      return new Answer(
          400,
          "{\"__type\":\"DatabaseErrorException\",\"message\":\"ERROR: %s; SQLState: 42703\"}"
              .formatted(message));
    }
  }

  public Offline(Clock clock) {
    app =
        new App(
            config(), new AwsClients(Offline.this::customize), clock, Sleeper.SYSTEM, line -> {});
  }

  /** What an application needs to be made, and names nothing that exists. */
  static Config config() {
    return new Config(
        Map.of(
            Setting.STAGE.name(), "test",
            Setting.DATABASE_NAME.name(), "parley",
            Setting.DATABASE_ARN.name(), "arn:aws:rds:us-east-1:123456789012:cluster:parley",
            Setting.DATABASE_SECRET_ARN.name(),
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:db",
            Setting.SERVING_SECRET_ARN.name(),
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:serving",
            Setting.CONNECTIONS_TABLE.name(), "connections",
            Setting.CONNECTIONS_ENDPOINT.name(), "https://api.example.com/ws",
            Setting.JWT_SECRET_ARN.name(),
                "arn:aws:secretsmanager:us-east-1:123456789012:secret:jwt",
            Setting.DELIVERY_FUNCTION_ARN.name(),
                "arn:aws:lambda:us-east-1:123456789012:function:delivery:live"));
  }

  /** From now on the database answers so. */
  public void answer(Database answers) {
    database = answers;
  }

  /** A good access token of a user that nobody knows otherwise. */
  public String accessToken() {
    return app.tokens().issueAccess(new UserId(UUID.randomUUID()));
  }

  public Router router() {
    return app.router();
  }

  public Sockets sockets() {
    return app.sockets();
  }

  /** The frames that were posted to connections, in their order. */
  public List<String> posted() {
    return List.copyOf(posted);
  }

  /** The connections that were closed, in their order. */
  public List<String> closed() {
    return List.copyOf(closed);
  }

  private void customize(AwsClientBuilder<?, ?> builder) {
    builder
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    ((AwsSyncClientBuilder<?, ?>) builder).httpClient(new PlayedAws());
  }

  private Answer answer(SdkHttpRequest request, String body) throws IOException {
    String path = request.encodedPath();
    if (path.equals("/Execute")) {
      return database.answer();
    }
    if (path.startsWith(CONNECTIONS)) {
      switch (request.method()) {
        case POST -> posted.add(body);
        case DELETE ->
            closed.add(
                URLDecoder.decode(path.substring(CONNECTIONS.length()), StandardCharsets.UTF_8));
        default -> throw new IOException(request.method().name());
      }
      return Answer.ofNoRows();
    }
    return switch (request.firstMatchingHeader("X-Amz-Target").orElse(path)) {
      case "secretsmanager.GetSecretValue" ->
          new Answer(200, "{\"SecretString\":\"%s\"}".formatted("0123456789abcdef".repeat(4)));
      // Every breach is a connection's first.
      case "DynamoDB_20120810.UpdateItem" ->
          new Answer(200, "{\"Attributes\":{\"breaches\":{\"N\":\"1\"}}}");
      default -> Answer.ofNoRows();
    };
  }

  /** The HTTP client of all services. */
  private final class PlayedAws implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          return response(Offline.this.answer(request.httpRequest(), body(request)));
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  private static String body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return "";
    }
    try (InputStream in = request.contentStreamProvider().get().newStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpExecuteResponse response(Answer answer) {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(answer.status())
                .putHeader("content-type", "application/json")
                .putHeader("content-length", Integer.toString(bytes.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
