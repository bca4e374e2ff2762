package parley.functions;

import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;
import parley.auth.SigningKey;
import parley.circle.CircleTable;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.JoinedTable;
import parley.connection.OpeningTable;
import parley.connection.PresenceTable;
import parley.delivery.Broadcaster;
import parley.delivery.ConnectionCloser;
import parley.delivery.ConnectionGateway;
import parley.delivery.DeliveryQueue;
import parley.delivery.Dispatcher;
import parley.delivery.Whisper;
import parley.functions.socket.Codecs;
import parley.message.PendingSends;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import parley.platform.sql.Sql;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Makes what reaches AWS: the database, the table of connections, the gateway and the queue. A
 * client of AWS is made once, when it is first wanted; what stands on it keeps no state.
 */
final class Adapters {
  private final Config config;
  private final AwsClients aws;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Codecs codecs;
  private final Once<Sql> sql;
  private final Once<DynamoDbClient> dynamoDb;
  private final Once<LambdaClient> lambda;
  private final Once<ConnectionGateway> gateway;

  /**
   * @param sleeper pauses before deliveries, and calls to a database that wakes up, are tried again
   */
  Adapters(Config config, AwsClients aws, Clock clock, Sleeper sleeper, Codecs codecs) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
    this.sleeper = sleeper;
    this.codecs = codecs;
    sql = new Once<>(this::newSql);
    dynamoDb = new Once<>(aws::dynamoDb);
    lambda = new Once<>(aws::lambda);
    gateway =
        new Once<>(
            () ->
                new ConnectionGateway(
                    aws.connections(URI.create(config.require(Setting.CONNECTIONS_ENDPOINT)))));
  }

  SigningKey signingKey() {
    return new SigningKey(secret(Setting.JWT_SECRET_ARN));
  }

  /** Fetches the present value of the secret whose ARN a setting has. */
  Supplier<String> secret(Setting arn) {
    SecretsManagerClient secrets = aws.secretsManager();
    String secret = config.require(arn);
    return () -> secrets.getSecretValue(request -> request.secretId(secret)).secretString();
  }

  Sql sql() {
    return sql.get();
  }

  private Sql newSql() {
    return new Sql(aws.rdsData(), config, config.require(Setting.DATABASE_SECRET_ARN), sleeper);
  }

  ConnectionTable connectionTable() {
    return new ConnectionTable(dynamoDb.get(), config, clock);
  }

  ConnectionSlots connectionSlots() {
    return new ConnectionSlots(dynamoDb.get(), config);
  }

  OpeningTable openingTable() {
    return new OpeningTable(dynamoDb.get(), config);
  }

  JoinedTable joinedTable() {
    return new JoinedTable(dynamoDb.get(), config);
  }

  PresenceTable presenceTable() {
    return new PresenceTable(dynamoDb.get(), config, clock);
  }

  CircleTable circleTable() {
    return new CircleTable(dynamoDb.get(), config, clock);
  }

  PendingSends pendingSends() {
    return new PendingSends(dynamoDb.get(), config, clock);
  }

  /** The one through which all frames of this environment go: it bounds how many do at once. */
  ConnectionGateway gateway() {
    return gateway.get();
  }

  DeliveryQueue deliveryQueue() {
    return deliveryQueue(config.require(Setting.DELIVERY_FUNCTION_ARN));
  }

  /** The queue of a function that takes deliveries, by its ARN. */
  DeliveryQueue deliveryQueue(String function) {
    return new DeliveryQueue(lambda.get(), function);
  }

  ConnectionCloser connectionCloser() {
    return new ConnectionCloser(gateway(), codecs);
  }

  Dispatcher dispatcher() {
    return new Dispatcher(
        connectionTable(), openingTable(), gateway(), connectionCloser(), clock, sleeper);
  }

  Broadcaster broadcaster() {
    return new Broadcaster(connectionTable(), dispatcher(), deliveryQueue(), codecs, clock);
  }

  Whisper whisper() {
    return new Whisper(connectionTable(), dispatcher(), codecs);
  }
}
