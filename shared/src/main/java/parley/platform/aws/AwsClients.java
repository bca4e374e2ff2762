package parley.platform.aws;

import java.net.URI;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes the AWS clients that the composition root hands out; they share one HTTP client. */
public final class AwsClients {
  private final RehearsableHttpClient http =
      new RehearsableHttpClient(UrlConnectionHttpClient::create);
  private final Consumer<AwsClientBuilder<?, ?>> customization;

  /**
   * Clients for the function's own account, region and role, as Lambda's environment names them.
   */
  public AwsClients() {
    this(builder -> {});
  }

  /** Clients changed by {@code customization} after all else is set: another endpoint, say. */
  public AwsClients(Consumer<AwsClientBuilder<?, ?>> customization) {
    this.customization = customization;
  }

  public DynamoDbClient dynamoDb() {
    return build(DynamoDbClient.builder());
  }

  public RdsDataClient rdsData() {
    return build(RdsDataClient.builder());
  }

  public SecretsManagerClient secretsManager() {
    return build(SecretsManagerClient.builder());
  }

  public LambdaClient lambda() {
    return build(LambdaClient.builder());
  }

  /**
   * The client that posts to the connections of the WebSocket API whose stage is at {@code
   * endpoint}.
   */
  public ApiGatewayManagementApiClient connections(URI endpoint) {
    return build(ApiGatewayManagementApiClient.builder().endpointOverride(endpoint));
  }

  /**
   * Runs {@code work} with all these clients cut off from AWS: they write, sign and read as ever,
   * but nothing leaves this process.
   *
   * @param answers gives the body that answers an operation, which is told by its name in the
   *     {@code X-Amz-Target} header or, where a service has none, by the request's path
   */
  public void rehearse(UnaryOperator<String> answers, Runnable work) {
    http.rehearse(answers, work);
  }

  /** Drops all connections; the next call opens a new one. */
  public void reconnect() {
    http.reconnect();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
    builder.httpClient(http);
    customization.accept(builder);
    return builder.build();
  }
}
