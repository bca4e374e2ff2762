package parley.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.auth.SigningKey;
import parley.auth.TokenService;
import parley.platform.ChatException;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.user.UserId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.Context.AfterExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;

/** What happens around SnapStart's snapshot, with an AWS that only has secrets. */
class PrimingTest {
  private static final UserId ANN =
      new UserId(UUID.fromString("00000000-0000-7000-8000-00000000000a"));

  private final Set<String> succeeded = new ConcurrentSkipListSet<>();
  private final List<String> lines = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String secret = "the first secret of at least 32 bytes";
  private HttpServer server;
  private AwsClients aws;
  private App app;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body =
              "{\"SecretString\":\"%s\"}".formatted(secret).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    aws = new AwsClients(this::customize);
    app = new App(Offline.config(), aws, Clock.systemUTC(), Sleeper.SYSTEM, lines::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  static Stream<Arguments> rehearsals() {
    return Stream.of(
        Arguments.of(
            HttpFunction.class,
            Set.of(
                "BatchGetItem",
                "DeleteItem",
                "ExecuteStatement",
                "GetSecretValue",
                "PostToConnection",
                "PutItem")),
        Arguments.of(
            SocketFunction.class,
            Set.of(
                "BatchGetItem",
                "DeleteItem",
                "ExecuteStatement",
                "GetItem",
                "GetSecretValue",
                "Invoke",
                "PostToConnection",
                "PutItem",
                "Query",
                "TransactWriteItems",
                "UpdateItem")),
        Arguments.of(AuthorizerFunction.class, Set.of("GetSecretValue")),
        Arguments.of(
            DeliveryFunction.class,
            Set.of("BatchGetItem", "GetItem", "PostToConnection", "UpdateItem")),
        Arguments.of(
            KeepaliveFunction.class,
            Set.of("BatchGetItem", "DeleteItem", "Invoke", "PostToConnection", "Query")),
        Arguments.of(
            SweepFunction.class,
            Set.of("BatchGetItem", "DeleteItem", "ExecuteStatement", "PostToConnection", "Query")),
        Arguments.of(MigrationFunction.class, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("rehearsals")
  void aRehearsalUsesEveryServiceOfTheFunctionAndReachesNone(
      Class<? extends LambdaFunction> type, Set<String> operations)
      throws ReflectiveOperationException {
    LambdaFunction function = type.getConstructor(App.class).newInstance(app);

    function.beforeCheckpoint(Core.getGlobalContext());

    assertThat(succeeded).isEqualTo(new TreeSet<>(operations));
    assertThat(requests).hasValue(0);
    assertThat(lines).as("logged, metrics included").isEmpty();
  }

  @Test
  void theSecretOfARehearsalIsForgottenWithIt() {
    TokenService tokens = app.tokens();
    AuthorizerFunction function = new AuthorizerFunction(app);

    function.beforeCheckpoint(Core.getGlobalContext());

    assertThat(tokens.verifyAccess(token("the first secret of at least 32 bytes")).userId())
        .isEqualTo(ANN);
    assertThat(requests).hasValue(1);
  }

  @Test
  void theSecretIsFetchedAnewAfterARestore() {
    TokenService tokens = app.tokens();
    tokens.verifyAccess(token(secret));
    secret = "another secret, since the first was rotated";

    app.priming().renew();

    assertThat(tokens.verifyAccess(token(secret)).userId()).isEqualTo(ANN);
    assertThatThrownBy(() -> tokens.verifyAccess(token("the first secret of at least 32 bytes")))
        .isInstanceOf(ChatException.class);
    assertThat(requests).hasValue(2);
  }

  @Test
  void environmentsRestoredFromOneSnapshotHaveRandomnessOfTheirOwn() {
    SecureRandom one = snapshot();
    SecureRandom other = snapshot();
    assertThat(one.nextLong()).as("the same snapshot").isEqualTo(other.nextLong());

    new Priming(Offline.config(), aws, Clock.systemUTC(), one).renew();
    new Priming(Offline.config(), aws, Clock.systemUTC(), other).renew();

    assertThat(one.nextLong()).isNotEqualTo(other.nextLong());
  }

  /** A generator whose state is known, as that of a snapshot is to all that start from it. */
  private static SecureRandom snapshot() {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(1);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String token(String secret) {
    return new TokenService(new SigningKey(() -> secret), Clock.systemUTC()).issueAccess(ANN);
  }

  private void customize(AwsClientBuilder<?, ?> builder) {
    builder
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create("http://localhost:" + server.getAddress().getPort()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .overrideConfiguration(
            configuration -> configuration.addExecutionInterceptor(new Recorder()));
  }

  /** Notes the operations that a client carried out with success. */
  private final class Recorder implements ExecutionInterceptor {
    @Override
    public void afterExecution(AfterExecution context, ExecutionAttributes attributes) {
      succeeded.add(context.request().getClass().getSimpleName().replaceFirst("Request$", ""));
    }
  }
}
