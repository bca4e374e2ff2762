package parley.bench;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import parley.local.LocalRuntime;
import parley.platform.Setting;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Looks into the table of connections. */
final class Connections {
  private Connections() {}

  /** The id of the only connection that there is. */
  static String only(LocalRuntime system) {
    String table =
        system.functions().definitions().stream()
            .flatMap(
                function ->
                    Stream.ofNullable(function.environment().get(Setting.CONNECTIONS_TABLE.name())))
            .findFirst()
            .orElseThrow();
    try (DynamoDbClient dynamoDb =
        DynamoDbClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .endpointOverride(URI.create(system.awsUrl()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("bench", "bench")))
            .build()) {
      List<String> ids =
          dynamoDb.scan(request -> request.tableName(table)).items().stream()
              .filter(item -> Objects.requireNonNull(item.get("pk")).s().startsWith("slot#"))
              .map(item -> Objects.requireNonNull(item.get("sk")).s())
              .toList();
      if (ids.size() != 1) {
        throw new IllegalStateException(ids.size() + " connections instead of one");
      }
      return ids.getFirst();
    }
  }
}
