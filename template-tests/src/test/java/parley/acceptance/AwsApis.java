package parley.acceptance;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The AWS services of the running system, called with the SDK as anybody may. */
final class AwsApis implements AutoCloseable {
  private final URI endpoint;
  private final DynamoDbClient dynamoDb;

  /**
   * @param endpoint where all of them answer
   */
  AwsApis(URI endpoint) {
    this.endpoint = endpoint;
    this.dynamoDb =
        prepare(DynamoDbClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** Where all of them answer. */
  URI endpoint() {
    return endpoint;
  }

  /** The secret that signs tokens. */
  String tokenSecret() {
    try (SecretsManagerClient secrets =
        prepare(SecretsManagerClient.builder())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      String arn =
          secrets.listSecrets().secretList().stream()
              .map(secret -> secret.arn())
              .filter(name -> name.toLowerCase(Locale.ROOT).contains("jwt"))
              .findFirst()
              .orElseThrow();
      return secrets.getSecretValue(request -> request.secretId(arn)).secretString();
    }
  }

  /** The ids of the connections that the table knows of a user. */
  Set<String> connectionsOf(Person person) {
    return item(person).entrySet().stream()
        .filter(attribute -> attribute.getValue().hasM())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How many connections the table knows of anybody, or of nobody yet. */
  long connections() {
    return openings()
        + items().stream().filter(item -> String.valueOf(item.get("pk")).contains("slot#")).count();
  }

  /** How many connections the table knows whose clients have not said yet who they are. */
  long openings() {
    return items().stream()
        .flatMap(
            item -> item.getOrDefault("openings", AttributeValue.fromSs(List.of())).ss().stream())
        .count();
  }

  /** Everything in the table. */
  List<Map<String, AttributeValue>> items() {
    String table = table();
    return dynamoDb.scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }

  /** How many notes the table has of messages that are being sent. */
  long pendingSends() {
    return items().stream()
        .filter(item -> Objects.requireNonNull(item.get("pk")).s().startsWith("pending#"))
        .count();
  }

  /** What the table has of a user. */
  Map<String, AttributeValue> item(Person person) {
    String table = table();
    return dynamoDb
        .getItem(request -> request.tableName(table).key(key(person)).consistentRead(true))
        .item();
  }

  /** Writes an item of the table. */
  void put(Map<String, AttributeValue> item) {
    String table = table();
    dynamoDb.putItem(request -> request.tableName(table).item(item));
  }

  /** Deletes all items of the table. */
  void clear() {
    String table = table();
    for (Map<String, AttributeValue> item :
        dynamoDb.scan(request -> request.tableName(table)).items()) {
      Map<String, AttributeValue> key = new HashMap<>(item);
      key.keySet().retainAll(Set.of("pk", "sk"));
      dynamoDb.deleteItem(request -> request.tableName(table).key(key));
    }
  }

  /** The name of the only table. */
  String table() {
    return dynamoDb.listTables().tableNames().getFirst();
  }

  private static Map<String, AttributeValue> key(Person person) {
    return Map.of(
        "pk", AttributeValue.fromS("user#" + person.id()),
        "sk", AttributeValue.fromS("connections"));
  }

  @Override
  public void close() {
    dynamoDb.close();
  }

  private <B extends AwsClientBuilder<B, ?>> B prepare(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("made", "up")));
  }
}
