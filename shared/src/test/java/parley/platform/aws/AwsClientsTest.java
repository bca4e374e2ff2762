package parley.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How often a call that fails reaches its service. */
class AwsClientsTest {
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int status;
  private volatile String code = "";
  private HttpServer server;
  private AwsClients clients;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
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
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"429, LimitExceededException", "500, InternalServerError", "410, GoneException"})
  void aPostIsTriedOnce(int answered, String error) {
    answer(answered, error);

    assertThatThrownBy(
            () ->
                clients
                    .connections(endpoint())
                    .postToConnection(
                        request -> request.connectionId("c=").data(SdkBytes.fromUtf8String("{}"))))
        .isInstanceOf(SdkServiceException.class);
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

    assertThatThrownBy(this::execute).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aThrottledStatementIsTriedAgain() {
    answer(400, "ThrottlingException");

    assertThatThrownBy(this::execute).isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValue(3);
  }

  @Test
  void whatDynamoDbFailsIsLeftToTheSdk() {
    answer(500, "InternalServerError");

    assertThatThrownBy(
            () ->
                clients
                    .dynamoDb()
                    .getItem(
                        request ->
                            request.tableName("t").key(Map.of("pk", AttributeValue.fromS("x")))))
        .isInstanceOf(SdkServiceException.class);
    assertThat(calls).hasValueGreaterThan(1);
  }

  private void answer(int answered, String error) {
    status = answered;
    code = error;
  }

  private void execute() {
    clients
        .rdsData()
        .executeStatement(request -> request.resourceArn("a").secretArn("b").sql("select 1"));
  }

  private URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }
}
