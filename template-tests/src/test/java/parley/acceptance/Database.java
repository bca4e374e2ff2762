package parley.acceptance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.Field;

/** The database of the running system, reached over the Data API as anybody may. */
final class Database implements AutoCloseable {
  private final RdsDataClient client;
  private final Map<String, String> settings;

  /**
   * @param settings where the functions are told to find it
   */
  Database(URI endpoint, Map<String, String> settings) {
    this.settings = settings;
    this.client =
        RdsDataClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("made", "up")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** Runs a statement and gives the texts of its rows' first column. */
  List<String> run(String sql) {
    return run(sql, null);
  }

  /** Runs a statement in a transaction. */
  List<String> run(String sql, @Nullable String transaction) {
    return client
        .executeStatement(
            request ->
                request
                    .resourceArn(arn())
                    .secretArn(secret())
                    .database(settings.get("DATABASE_NAME"))
                    .transactionId(transaction)
                    .sql(sql))
        .records()
        .stream()
        .map(List::getFirst)
        .map(Field::stringValue)
        .toList();
  }

  String begin() {
    return client
        .beginTransaction(
            request ->
                request
                    .resourceArn(arn())
                    .secretArn(secret())
                    .database(settings.get("DATABASE_NAME")))
        .transactionId();
  }

  void commit(String transaction) {
    client.commitTransaction(
        request -> request.resourceArn(arn()).secretArn(secret()).transactionId(transaction));
  }

  void rollBack(String transaction) {
    client.rollbackTransaction(
        request -> request.resourceArn(arn()).secretArn(secret()).transactionId(transaction));
  }

  private String arn() {
    return Objects.requireNonNull(settings.get("DATABASE_ARN"));
  }

  private String secret() {
    return Objects.requireNonNull(settings.get("DATABASE_SECRET_ARN"));
  }

  @Override
  public void close() {
    client.close();
  }
}
