package parley.adapter;

import java.net.URI;
import java.util.Map;
import parley.local.template.Account;
import parley.local.template.Deployment;
import parley.local.template.Resource;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * Running AWS services with what the approved template says is in them.
 *
 * @param clients the product's own clients of them
 * @param config what the deployment tells a function of them
 */
public record AwsServices(AwsClients clients, Config config) {
  /** The services behind an endpoint, with the template's table made anew there. */
  static AwsServices at(URI endpoint, Deployment deployment, String signingSecretArn) {
    AwsClients clients = clients(endpoint);
    Resource table = deployment.ofType("AWS::DynamoDB::GlobalTable").getFirst();
    create(table, clients.dynamoDb());
    return new AwsServices(
        clients,
        new Config(
            Map.of(
                Setting.CONNECTIONS_TABLE.name(),
                table.ref(),
                Setting.JWT_SECRET_ARN.name(),
                signingSecretArn,
                // Of the database the adapters tried here make an object, and no call.
                Setting.DATABASE_ARN.name(),
                "none",
                Setting.DATABASE_SECRET_ARN.name(),
                "none",
                Setting.DATABASE_NAME.name(),
                "none")));
  }

  static AwsClients clients(URI endpoint) {
    return new AwsClients(
        builder ->
            builder
                .endpointOverride(endpoint)
                .region(Region.of(Account.REGION))
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))));
  }

  private static void create(Resource table, DynamoDbClient dynamoDb) {
    dynamoDb.createTable(
        request ->
            request
                .tableName(table.ref())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    table
                        .property("AttributeDefinitions")
                        .valueStream()
                        .map(
                            attribute ->
                                AttributeDefinition.builder()
                                    .attributeName(attribute.path("AttributeName").asText())
                                    .attributeType(attribute.path("AttributeType").asText())
                                    .build())
                        .toList())
                .keySchema(
                    table
                        .property("KeySchema")
                        .valueStream()
                        .map(
                            key ->
                                KeySchemaElement.builder()
                                    .attributeName(key.path("AttributeName").asText())
                                    .keyType(key.path("KeyType").asText())
                                    .build())
                        .toList()));
    dynamoDb.waiter().waitUntilTableExists(request -> request.tableName(table.ref()));
    dynamoDb.updateTimeToLive(
        request ->
            request
                .tableName(table.ref())
                .timeToLiveSpecification(
                    ttl ->
                        ttl.enabled(true)
                            .attributeName(
                                table.requireText("TimeToLiveSpecification.AttributeName"))));
  }
}
