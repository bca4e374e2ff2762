package parley.local.rdsdata;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import parley.local.MutableClock;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.Caller;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.TypeHint;

/** A service behind a real HTTP server with AWS's own client, over a given Postgres. */
final class DataApi implements AutoCloseable {
  static final String CLUSTER = "arn:aws:rds:us-east-1:000000000000:cluster:parley";
  static final String SECRET =
      "arn:aws:secretsmanager:us-east-1:000000000000:secret:database-AbCdEf";

  final MutableClock clock = new MutableClock();
  final RdsDataService service;
  final RecordingCaller caller = new RecordingCaller();
  final RdsDataClient client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  DataApi(DataSource database) throws IOException {
    this(database, Duration.ofSeconds(45));
  }

  DataApi(DataSource database, Duration statementTimeout) throws IOException {
    service = new RdsDataService(CLUSTER, Map.of(SECRET, database), clock, statementTimeout);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    client =
        RdsDataClient.builder()
            .endpointOverride(endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(
                settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
            .build();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      AwsResponse response = call(exchange, headers);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(response.status(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private AwsResponse call(HttpExchange exchange, Map<String, String> headers) throws IOException {
    try {
      return service.handle(
          new AwsRequest(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              "",
              headers,
              exchange.getRequestBody().readAllBytes(),
              caller));
    } catch (AwsException error) {
      String body =
          new ObjectMapper()
              .createObjectNode()
              .put("__type", error.code())
              .put("message", error.getMessage())
              .toString();
      return new AwsResponse(
          error.status(),
          Map.of("x-amzn-ErrorType", error.code(), "content-type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8));
    }
  }

  ExecuteStatementResponse execute(String sql, SqlParameter... parameters) {
    return execute(request -> request, sql, parameters);
  }

  ExecuteStatementResponse executeIn(String transaction, String sql, SqlParameter... parameters) {
    return execute(request -> request.transactionId(transaction), sql, parameters);
  }

  ExecuteStatementResponse execute(
      UnaryOperator<ExecuteStatementRequest.Builder> more, String sql, SqlParameter... parameters) {
    return client.executeStatement(
        more.apply(
                ExecuteStatementRequest.builder()
                    .resourceArn(CLUSTER)
                    .secretArn(SECRET)
                    .sql(sql)
                    .parameters(parameters))
            .build());
  }

  /** The one field of the one row that a query returns. */
  Field value(String sql, SqlParameter... parameters) {
    return execute(sql, parameters).records().getFirst().getFirst();
  }

  String begin() {
    return client
        .beginTransaction(request -> request.resourceArn(CLUSTER).secretArn(SECRET))
        .transactionId();
  }

  String commit(String transaction) {
    return client
        .commitTransaction(
            request -> request.resourceArn(CLUSTER).secretArn(SECRET).transactionId(transaction))
        .transactionStatus();
  }

  String rollback(String transaction) {
    return client
        .rollbackTransaction(
            request -> request.resourceArn(CLUSTER).secretArn(SECRET).transactionId(transaction))
        .transactionStatus();
  }

  static SqlParameter text(String name, String value) {
    return hinted(name, value, null);
  }

  static SqlParameter hinted(String name, String value, @Nullable TypeHint hint) {
    return SqlParameter.builder()
        .name(name)
        .typeHint(hint)
        .value(Field.fromStringValue(value))
        .build();
  }

  static SqlParameter number(String name, long value) {
    return parameter(name, Field.fromLongValue(value));
  }

  static SqlParameter parameter(String name, Field value) {
    return SqlParameter.builder().name(name).value(value).build();
  }

  @Override
  public void close() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
    service.close();
  }

  /** Allows all but what a test denies, and remembers what was asked. */
  static final class RecordingCaller implements Caller {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> checks = new CopyOnWriteArrayList<>();
    volatile String denied = "";

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void authorize(String action, String resourceArn) {
      calls.add(action + " " + resourceArn);
      refuse(action);
    }

    @Override
    public void check(String action, String resourceArn) {
      checks.add(action + " " + resourceArn);
      refuse(action);
    }

    private void refuse(String action) {
      if (action.equals(denied)) {
        throw new AwsException(403, "AccessDeniedException", "not authorized to perform " + action);
      }
    }
  }
}
