package parley.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.platform.log.Level;
import parley.platform.log.Log;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.model.SnapStartNotReadyException;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;

/** How often a call that fails reaches its service, and how long one waits that hangs. */
class AwsClientsTest {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int status;
  private volatile String code = "";
  private volatile Duration delay = Duration.ZERO;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private AwsClients clients;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          hang();
          byte[] body = "{\"__type\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("x-amzn-ErrorType", code);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    clients =
        new AwsClients(
            builder ->
                builder
                    .endpointOverride(endpoint())
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create()));
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"429, LimitExceededException", "500, InternalServerError", "410, GoneException"})
  void aPostIsTriedOnce(int answered, String error) {
    answer(answered, error);

    assertThatThrownBy(this::post).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalServerErrorException",
    "503, ServiceUnavailableError",
    "504, DatabaseUnavailableException",
    "400, DatabaseResumingException"
  })
  void aStatementThatMayHaveRunIsNotRepeated(int answered, String error) {
    answer(answered, error);

    assertThatThrownBy(() -> execute(clients.rdsData())).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aThrottledStatementIsTriedAgain() {
    answer(400, "ThrottlingException");

    assertThatThrownBy(() -> execute(clients.rdsData())).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValue(3);
  }

  @Test
  void whatDynamoDbFailsIsLeftToTheSdk() {
    answer(500, "InternalServerError");

    assertThatThrownBy(this::read).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValueGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "403, ForbiddenException",
    "413, PayloadTooLargeException",
    "400, BadRequestException"
  })
  void aPostThatIsRefusedForAReasonOfOursIsToldOnceWithItsSizeAndCountedEachTime(
      int answered, String error) {
    answer(answered, error);

    List<String> lines = refused(this::post, this::post);

    assertThat(lines).hasSize(2);
    JsonObject refusal = Json.readObject(lines.getFirst());
    assertThat(refusal.string("level")).isEqualTo("ERROR");
    assertThat(refusal.string("function")).isEqualTo("HttpFunction");
    assertThat(refusal.string("call")).isEqualTo("PostToConnection");
    assertThat(refusal.integer("status")).isEqualTo(answered);
    assertThat(refusal.integer("requestBytes")).isEqualTo(2);
    assertThat(Json.readObject(lines.getLast()).integer("Refusals")).isEqualTo(2);
  }

  @Test
  void aCallOfAnyServiceThatIsRefusedForAReasonOfOursIsTold() {
    answer(400, "AccessDeniedException");

    List<String> lines =
        refused(
            this::read,
            () -> clients.secretsManager().getSecretValue(request -> request.secretId("s")),
            () -> clients.lambda().invoke(request -> request.functionName("f")),
            () -> execute(clients.rdsData()));

    assertThat(lines.subList(0, lines.size() - 1))
        .extracting(line -> Json.readObject(line).string("call"))
        .containsExactly("GetItem", "GetSecretValue", "Invoke", "ExecuteStatement");
  }

  @ParameterizedTest
  @CsvSource({
    "410, GoneException",
    "429, LimitExceededException",
    "400, ThrottlingException",
    "500, InternalServerError"
  })
  void aPostThatFindsNobodyOrFailsByItselfIsNoFaultOfOurs(int answered, String error) {
    answer(answered, error);

    assertThat(refused(this::post)).singleElement().asString().doesNotContain("Refusals");
  }

  @Test
  void whatOurCodeAsksForIsNoFault() {
    answer(400, "ConditionalCheckFailedException");
    assertThat(refused(this::read)).hasSize(1);
    answer(400, "DatabaseErrorException");
    assertThat(refused(() -> execute(clients.rdsData()))).hasSize(1);
  }

  /** The lines of an invocation in which these calls fail. */
  private static List<String> refused(ThrowingCallable... calls) {
    List<String> lines = new ArrayList<>();
    new Log("HttpFunction", "test", Level.INFO, Clock.systemUTC(), lines::add)
        .invocation(
            "r",
            () -> {
              for (ThrowingCallable call : calls) {
                assertThatThrownBy(call).isInstanceOf(SdkServiceException.class);
              }
            });
    return lines;
  }

  @Test
  void aTaskIsQueuedAgainWhileItsFunctionIsMadeReadyAnew() {
    answer(409, "SnapStartNotReadyException");

    assertThatThrownBy(() -> clients.lambda().invoke(request -> request.functionName("f")))
        .isInstanceOf(SnapStartNotReadyException.class);
    assertThat(calls).hasValueGreaterThan(1);
  }

  @Test
  void aCallThatHangsEndsWhileItsFunctionHasTimeLeft() throws Exception {
    answer(200, "");
    delay = Duration.ofSeconds(12);

    Future<Duration> post = threads.submit(() -> timeToGiveUp(this::post));
    Future<Duration> read = threads.submit(() -> timeToGiveUp(this::read));
    Future<Duration> secret =
        threads.submit(
            () ->
                timeToGiveUp(
                    () ->
                        clients.secretsManager().getSecretValue(request -> request.secretId("s"))));
    Future<Duration> task =
        threads.submit(
            () ->
                timeToGiveUp(() -> clients.lambda().invoke(request -> request.functionName("f"))));
    Future<Duration> statement =
        threads.submit(() -> timeToGiveUp(() -> execute(clients.rdsData(), Duration.ofSeconds(6))));
    Future<ExecuteStatementResponse> slow =
        threads.submit(() -> execute(clients.rdsData(), Duration.ofSeconds(60)));

    assertThat(post.get()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    assertThat(List.of(read.get(), secret.get(), task.get()))
        .as("less than AuthorizerFunction has, after a second try")
        .allSatisfy(
            taken -> assertThat(taken).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(10)));
    assertThat(statement.get())
        .as("as long as its caller says")
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(9));
    assertThat(slow.get().sdkHttpResponse().statusCode()).isEqualTo(200);
    assertThat(calls)
        .as("with two or three tries of the three that are repeated")
        .hasValueBetween(9, 12);
  }

  private Duration timeToGiveUp(Runnable call) {
    long start = System.nanoTime();
    assertThatThrownBy(call::run).isInstanceOf(ApiCallTimeoutException.class);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Keeps a caller waiting, but no longer than the test takes. */
  private void hang() {
    try {
      var _ = over.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(int answered, String error) {
    status = answered;
    code = error;
  }

  private void post() {
    clients
        .connections(endpoint())
        .postToConnection(
            request -> request.connectionId("c=").data(SdkBytes.fromUtf8String("{}")));
  }

  private void read() {
    clients
        .dynamoDb()
        .getItem(request -> request.tableName("t").key(Map.of("pk", AttributeValue.fromS("x"))));
  }

  private static ExecuteStatementResponse execute(RdsDataClient client) {
    return execute(client, Duration.ofSeconds(60));
  }

  private static ExecuteStatementResponse execute(RdsDataClient client, Duration patience) {
    return client.executeStatement(
        request ->
            request
                .resourceArn("a")
                .secretArn("b")
                .sql("select 1")
                .overrideConfiguration(override -> override.apiCallTimeout(patience)));
  }

  private URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }
}
