package parley.functions;

import java.net.URI;
import java.time.Clock;
import java.util.function.Function;
import parley.auth.SigningKey;
import parley.circle.CircleTable;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.JoinedTable;
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
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Makes what reaches AWS: the database, the table of connections, the gateway and the queue. */
final class Adapters {
  private final Config config;
  private final AwsClients aws;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Codecs codecs;

  /**
   * @param sleeper pauses before deliveries are tried again
   */
  Adapters(Config config, AwsClients aws, Clock clock, Sleeper sleeper, Codecs codecs) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
    this.sleeper = sleeper;
    this.codecs = codecs;
  }

  SigningKey signingKey() {
    SecretsManagerClient secrets = aws.secretsManager();
    String secret = config.require(Setting.JWT_SECRET_ARN);
    return new SigningKey(
        () -> secrets.getSecretValue(request -> request.secretId(secret)).secretString());
  }

  /** Statements that may take longer than a request has time for. */
  Sql sqlOfMigrations() {
    return new Sql(aws.rdsDataForMigrations(), config);
  }

  CircleTable circleTable() {
    return new CircleTable(aws.dynamoDb(), config, clock);
  }

  /** The queue of each function that takes deliveries, by its ARN. */
  Function<String, DeliveryQueue> deliveryQueues() {
    LambdaClient lambda = aws.lambda();
    return function -> new DeliveryQueue(lambda, function);
  }

  Sql sql() {
    return new Sql(aws.rdsData(), config);
  }

  ConnectionTable connectionTable() {
    return new ConnectionTable(aws.dynamoDb(), config, clock);
  }

  ConnectionSlots connectionSlots() {
    return new ConnectionSlots(aws.dynamoDb(), config);
  }

  JoinedTable joinedTable() {
    return new JoinedTable(aws.dynamoDb(), config);
  }

  PresenceTable presenceTable() {
    return new PresenceTable(aws.dynamoDb(), config, clock);
  }

  PendingSends pendingSends() {
    return new PendingSends(aws.dynamoDb(), config, clock);
  }

  ConnectionGateway gateway() {
    URI endpoint = URI.create(config.require(Setting.CONNECTIONS_ENDPOINT));
    return new ConnectionGateway(aws.connections(endpoint));
  }

  DeliveryQueue deliveryQueue() {
    return new DeliveryQueue(aws.lambda(), config.require(Setting.DELIVERY_FUNCTION_ARN));
  }

  Dispatcher dispatcher(ConnectionTable table, ConnectionGateway gateway) {
    return new Dispatcher(
        table, connectionSlots(), gateway, new ConnectionCloser(gateway, codecs), clock, sleeper);
  }

  Broadcaster broadcaster(ConnectionTable table, ConnectionGateway gateway) {
    return new Broadcaster(table, dispatcher(table, gateway), deliveryQueue(), codecs, clock);
  }

  Whisper whisper(ConnectionTable table, ConnectionGateway gateway) {
    return new Whisper(table, dispatcher(table, gateway), codecs);
  }
}
