package parley.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;

import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** A caller that leaves does not stop the service, as over a socket. */
class InMemoryHttpClientTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final CountDownLatch called = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CompletableFuture<Boolean> ranToItsEnd = new CompletableFuture<>();
  private final InheritableThreadLocal<String> ofTheCaller = new InheritableThreadLocal<>();
  private final SecretsManagerClient client = client();

  @AfterEach
  void close() {
    goOn.countDown();
    client.close();
  }

  @Test
  void aCallThatTakesTooLongIsGivenUpByItsCallerAndTakesEffect() throws Exception {
    assertThatThrownBy(
            () ->
                client.getSecretValue(
                    request ->
                        request.overrideConfiguration(override -> override.apiCallTimeout(SHORT))))
        .isInstanceOf(ApiCallTimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    takesEffect();
  }

  @Test
  void aTryThatTakesTooLongIsGivenUpByItsCallerAndTakesEffect() throws Exception {
    assertThatThrownBy(
            () ->
                client.getSecretValue(
                    request ->
                        request.overrideConfiguration(
                            override -> override.apiCallAttemptTimeout(SHORT))))
        .isInstanceOf(ApiCallAttemptTimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    takesEffect();
  }

  @Test
  void anInterruptedCallerLeavesAndTheCallTakesEffect() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    client.getSecretValue(request -> request.secretId("s"));
                  } catch (RuntimeException e) {
                    thrown.complete(e);
                  }
                });
    called.await();
    caller.interrupt();
    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(SdkClientException.class);
    takesEffect();
  }

  @Test
  void theServiceIsNoPartOfTheExecutionThatCallsIt() {
    goOn.countDown();
    ofTheCaller.set("execution");
    assertThat(client.getSecretValue(request -> request.secretId("s")).secretString())
        .isEqualTo("null");
  }

  private void takesEffect() throws Exception {
    goOn.countDown();
    assertThat(ranToItsEnd.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private SecretsManagerClient client() {
    AwsEndpoint endpoint =
        new AwsEndpoint(new Callers(new CallLedger(Clock.systemUTC())), Throwable::printStackTrace);
    endpoint.add(new Waiting());
    return SecretsManagerClient.builder()
        .httpClient(new InMemoryHttpClient(endpoint))
        .region(Region.US_EAST_1)
        .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .build();
  }

  /** Answers when it may go on. */
  private final class Waiting implements AwsService {
    @Override
    public String signingName() {
      return "secretsmanager";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
      called.countDown();
      try {
        goOn.await();
        ranToItsEnd.complete(true);
      } catch (InterruptedException e) {
        ranToItsEnd.complete(false);
      }
      return AwsResponse.json(200, "{\"SecretString\": \"%s\"}".formatted(ofTheCaller.get()));
    }
  }
}
