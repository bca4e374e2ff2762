package parley.platform.aws;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.SnapStartNotReadyException;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Makes the AWS clients that the composition root hands out; they share one HTTP client.
 *
 * <p>The SDK repeats a failed call by itself, with growing pauses. That is left to it where a
 * repetition is harmless (DynamoDB's conditional writes, the queueing of tasks, secrets), and not
 * where we have a rule of our own. No call waits for ever: each has a bound that fits the time of
 * the functions that make it.
 */
public final class AwsClients {
  /** A post takes milliseconds; one that hangs must not hold its sender's acknowledgement. */
  private static final Duration POST_PATIENCE = Duration.ofSeconds(5);

  /** One hanging try of what is repeated must leave the next one its time. */
  private static final Duration TRY_PATIENCE = Duration.ofSeconds(4);

  /** Below the 10 s of AuthorizerFunction, which has the least time of all functions. */
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(9);

  /** Longer than the 45 s after which the Data API itself ends a statement and says so. */
  private static final Duration STATEMENT_PATIENCE = Duration.ofSeconds(60);

  /** How often a throttled statement is tried. */
  private static final int STATEMENT_TRIES = 3;

  private final RehearsableHttpClient http;
  private final Consumer<AwsClientBuilder<?, ?>> customization;

  /**
   * Clients for the function's own account, region and role, as Lambda's environment names them.
   */
  public AwsClients() {
    this(builder -> {});
  }

  /** Clients changed by {@code customization} after all else is set: another endpoint, say. */
  public AwsClients(Consumer<AwsClientBuilder<?, ?>> customization) {
    // Its own 30 s would cut a long statement; each client has a bound of its own.
    this(
        () -> UrlConnectionHttpClient.builder().socketTimeout(STATEMENT_PATIENCE).build(),
        customization);
  }

  /**
   * Clients that reach the services by another HTTP client.
   *
   * @param connecting makes it, anew after each {@link #reconnect}
   */
  public AwsClients(
      Supplier<? extends SdkHttpClient> connecting,
      Consumer<AwsClientBuilder<?, ?>> customization) {
    this.http = new RehearsableHttpClient(connecting);
    this.customization = customization;
  }

  public DynamoDbClient dynamoDb() {
    return build(DynamoDbClient.builder().overrideConfiguration(AwsClients::bound));
  }

  /**
   * The client of the Data API. It repeats a statement only if that was throttled, and so not run:
   * after any other failure, and after a minute without an answer, it may have taken effect. Its
   * caller bounds each call by the time that the function has left.
   */
  public RdsDataClient rdsData() {
    return build(
        RdsDataClient.builder()
            .overrideConfiguration(
                override ->
                    override.retryStrategy(ifThrottled()).apiCallTimeout(STATEMENT_PATIENCE)));
  }

  public SecretsManagerClient secretsManager() {
    return build(SecretsManagerClient.builder().overrideConfiguration(AwsClients::bound));
  }

  /**
   * The client that queues tasks. It also tries again while Lambda makes the function's snapshot
   * anew, which it gives up if nobody invokes the function for 14 days.
   */
  public LambdaClient lambda() {
    return build(
        LambdaClient.builder()
            .overrideConfiguration(
                override ->
                    bound(override)
                        .retryStrategy(
                            DefaultRetryStrategy.standardStrategyBuilder()
                                .retryOnException(SnapStartNotReadyException.class)
                                .build())));
  }

  private static ClientOverrideConfiguration.Builder bound(
      ClientOverrideConfiguration.Builder override) {
    return override.apiCallAttemptTimeout(TRY_PATIENCE).apiCallTimeout(CALL_PATIENCE);
  }

  /**
   * The client that posts to the connections of the WebSocket API whose stage is at {@code
   * endpoint}. It tries once: whoever posts decides how often, and with what pauses.
   */
  public ApiGatewayManagementApiClient connections(URI endpoint) {
    return build(
        ApiGatewayManagementApiClient.builder()
            .endpointOverride(endpoint)
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(POST_PATIENCE)));
  }

  /**
   * Runs {@code work} with all these clients cut off from AWS: they write, sign and read as ever,
   * but nothing leaves this process. What the first connection will need is rehearsed too.
   *
   * @param answers gives the body that answers an operation, which is told by its name in the
   *     {@code X-Amz-Target} header or, where a service has none, by the request's path
   */
  public void rehearse(UnaryOperator<String> answers, Runnable work) {
    TlsRehearsal.rehearse();
    http.rehearse(answers, work);
  }

  /** Drops all connections; the next call opens a new one. */
  public void reconnect() {
    http.reconnect();
  }

  private static RetryStrategy ifThrottled() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        // Else the SDK adds its own rule, which repeats after a 5xx too.
        .useClientDefaults(false)
        .maxAttempts(STATEMENT_TRIES)
        .retryOnException(
            failure ->
                failure instanceof SdkServiceException service && service.isThrottlingException())
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    builder.httpClient(http);
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .addExecutionInterceptor(new RefusedCalls())
            .build());
    customization.accept(builder);
    return builder.build();
  }
}
