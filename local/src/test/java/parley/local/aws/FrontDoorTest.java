package parley.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** The services answer alike over HTTP and in memory. */
class FrontDoorTest {
  enum Transport {
    HTTP,
    MEMORY
  }

  private final CallLedger ledger = new CallLedger(Clock.systemUTC());
  private final Callers callers = new Callers(ledger);
  private final List<Throwable> faults = new ArrayList<>();
  private final AwsEndpoint endpoint = new AwsEndpoint(callers, faults::add);
  private final FrontDoor door = new FrontDoor(0, endpoint);

  @BeforeEach
  void open() throws IOException {
    endpoint.add(new Echo());
    door.start();
  }

  @AfterEach
  void close() {
    door.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSignedRequestReachesTheServiceThatItWasSignedFor(Transport transport) {
    try (SecretsManagerClient client = client(transport, "anything")) {
      assertThat(client.getSecretValue(request -> request.secretId("x")).secretString())
          .isEqualTo("for user");
    }
    assertThat(ledger.snapshot())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.caller()).isEqualTo("user");
              assertThat(call.action()).isEqualTo("secretsmanager:GetSecretValue");
              assertThat(call.resource()).isEqualTo("arn:x");
              assertThat(call.allowed()).isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionMayDoOnlyWhatItsRoleAllows(Transport transport) throws IOException {
    Policy policy =
        Policy.of(
            "role",
            List.of(
                new ObjectMapper()
                    .readTree(
                        """
                        {"Statement": {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
                                       "Resource": "arn:mine"}}
                        """)));
    String key = callers.register("Fn", "arn:aws:sts::000000000000:assumed-role/R/fn", policy);
    long mark = ledger.mark();
    try (SecretsManagerClient client = client(transport, key)) {
      assertThat(client.getSecretValue(request -> request.secretId("mine")).secretString())
          .isEqualTo("for Fn");
      assertThatThrownBy(() -> client.getSecretValue(request -> request.secretId("other")))
          .isInstanceOfSatisfying(
              SecretsManagerException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.requestId()).isNotBlank();
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "User: arn:aws:sts::000000000000:assumed-role/R/fn is not authorized to"
                            + " perform: secretsmanager:GetSecretValue on resource: arn:other"
                            + " because no identity-based policy allows the"
                            + " secretsmanager:GetSecretValue action");
              });
    }
    assertThat(ledger.since(mark))
        .extracting(CallLedger.Call::allowed)
        .containsExactly(true, false);
    assertThat(ledger.count("secretsmanager:GetSecretValue", mark)).isEqualTo(2);
  }

  @Test
  void anUnsignedRequestIsToldByItsTarget() throws Exception {
    assertThat(post("/", "x-amz-target", "secretsmanager.GetSecretValue").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aRequestThatNothingTellsTheServiceOfIsABadRequest() throws Exception {
    HttpResponse<String> response = post("/nowhere", "x-some", "header");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("x-amzn-errortype"))
        .hasValue("MissingAuthenticationTokenException");
    assertThat(response.body()).contains("\"__type\"", "X-Amz-Target");
  }

  @Test
  void anUnknownServiceIsNamed() throws Exception {
    HttpResponse<String> response =
        post(
            "/",
            "authorization",
            "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/polly/aws4_request, Signature=0");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("polly", "secretsmanager");
  }

  @ParameterizedTest
  @EnumSource
  void aFaultOfTheRuntimeIsReportedAndIsAnInternalFailure(Transport transport) {
    try (SecretsManagerClient client = client(transport, "anything")) {
      assertThatThrownBy(() -> client.describeSecret(request -> request.secretId("x")))
          .isInstanceOfSatisfying(
              SecretsManagerException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(500);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
              });
    }
    assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestOfMoreThan16MebibytesIsTooLarge(Transport transport) {
    try (SecretsManagerClient client = client(transport, "anything")) {
      String tooLong = "x".repeat(AwsEndpoint.MAX_BODY_BYTES);
      assertThatThrownBy(() -> client.getSecretValue(request -> request.secretId(tooLong)))
          .isInstanceOfSatisfying(
              SecretsManagerException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(413);
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("RequestEntityTooLargeException");
              });
    }
  }

  private HttpResponse<String> post(String path, String header, String value)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(door.url() + path))
              .header(header, value)
              .POST(HttpRequest.BodyPublishers.ofString("{\"SecretId\": \"x\"}"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private SecretsManagerClient client(Transport transport, String key) {
    return SecretsManagerClient.builder()
        .endpointOverride(URI.create(door.url()))
        .region(Region.US_EAST_1)
        .httpClient(
            switch (transport) {
              case HTTP -> UrlConnectionHttpClient.create();
              case MEMORY -> new InMemoryHttpClient(endpoint);
            })
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret")))
        .build();
  }

  /** Answers every request with its caller's name. */
  private static final class Echo implements AwsService {
    @Override
    public String signingName() {
      return "secretsmanager";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
      if (request.headers().getOrDefault("x-amz-target", "").endsWith(".DescribeSecret")) {
        throw new IllegalStateException("broken");
      }
      try {
        String id = new ObjectMapper().readTree(request.body()).path("SecretId").asText();
        request.caller().authorize("secretsmanager:GetSecretValue", "arn:" + id);
      } catch (IOException e) {
        throw new AwsException(400, "SerializationException", "no JSON");
      }
      return AwsResponse.json(200, "{\"SecretString\": \"for " + request.caller().name() + "\"}");
    }
  }
}
