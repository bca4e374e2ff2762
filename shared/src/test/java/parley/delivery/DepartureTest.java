package parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.ConnectionTable;
import parley.connection.Opening;
import parley.connection.OpeningTable;
import parley.connection.Origin;
import parley.connection.Protocol;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.platform.log.Level;
import parley.platform.log.Log;
import parley.user.UserId;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Posts to connections that have just opened, and may have closed again. */
class DepartureTest {
  private static final Instant CONNECTED = Instant.parse("2026-11-22T10:15:30Z");
  private static final UserId USER = new UserId(new UUID(0, 1));
  private static final ConnectionId ID = new ConnectionId("abc=");
  private static final Origin ORIGIN = Origin.ofAddress("203.0.113.24");

  private final PausedClock clock = new PausedClock();
  private final List<String> lines = new ArrayList<>();
  private final List<Duration> posts = new ArrayList<>();
  private final Table table = new Table();
  private IntPredicate isRegistered = read -> true;
  private IntPredicate isTaken = post -> false;
  private boolean tooLarge;

  @Test
  void aClientThatLeftIsNotTriedAgainOnceItsItemIsGone() {
    isRegistered = read -> read < 2;

    deliver(Protocol.PLAIN);

    assertThat(posts).hasSize(2);
    assertThat(sinceConnected()).isLessThan(Duration.ofMillis(200));
    assertThat(table.removals).isZero();
    assertThat(line().has("DeliveryLatency")).isFalse();
    assertThat(line().string("outcome")).isEqualTo("OK");
  }

  @Test
  void aClientWhoseDisconnectIsLostIsForgottenWithoutAnError() {
    deliver(Protocol.PLAIN);

    assertThat(posts.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(sinceConnected()).isLessThan(Duration.ofSeconds(55));
    assertThat(table.removals).isPositive();
    assertThat(line().has("DeliveryLatency")).isFalse();
    assertThat(line().string("outcome")).isEqualTo("OK");
  }

  @Test
  void aSocketIoClientHasSpokenSoThatItsFirst410MeansGone() {
    deliver(Protocol.SOCKET_IO);

    assertThat(posts).hasSize(1);
    assertThat(table.reads).isZero();
    assertThat(table.removals).isPositive();
  }

  @Test
  void aConnectionWhoseConnectReturnsLateGetsItsFrame() {
    isTaken = post -> sinceConnected().compareTo(Duration.ofSeconds(29)) > 0;

    deliver(Protocol.PLAIN);

    assertThat(table.removals).isZero();
    assertThat(line().value("DeliveryLatency")).isEqualTo(List.of(posts.getLast().toMillis()));
  }

  @Test
  void ofSeveralTheLatencyIsThatOfTheLastThatTookIt() {
    isTaken = post -> post == 1;

    deliver(Protocol.PLAIN, Protocol.PLAIN);

    assertThat(sinceConnected()).isGreaterThan(Duration.ofSeconds(29));
    assertThat(line().value("DeliveryLatency")).isEqualTo(List.of(0L));
  }

  @Test
  void aGreetingOfAClientThatLeftIsDoneWhenItsItemIsGone() {
    isRegistered = read -> read < 3;

    run(new Greeting(new Opening(ID, ORIGIN, CONNECTED), "0{}"));

    assertThat(posts).hasSize(2);
    assertThat(table.removals).isZero();
  }

  @Test
  void aGreetingOfAClientWhoseDisconnectIsLostForgetsItWithoutAnError() {
    run(new Greeting(new Opening(ID, ORIGIN, CONNECTED), "0{}"));

    assertThat(posts.getLast()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(table.removals).isPositive();
    assertThat(line().string("outcome")).isEqualTo("OK");
  }

  @Test
  void aFrameThatIsTooLargeIsNotTriedAgain() {
    tooLarge = true;

    deliver(Protocol.PLAIN);

    assertThat(posts).hasSize(1);
    assertThat(table.removals).isZero();
  }

  private Duration sinceConnected() {
    return Duration.between(CONNECTED, clock.instant());
  }

  private void deliver(Protocol... protocols) {
    List<Connection> connections = new ArrayList<>();
    for (Protocol protocol : protocols) {
      connections.add(
          new Connection(ID, USER, protocol, CONNECTED, CONNECTED.plus(Duration.ofHours(1)), true));
    }
    run(new Delivery("hello", connections, CONNECTED));
  }

  private void run(DeliveryTask task) {
    new Log("DeliveryFunction", "test", Level.INFO, clock, lines::add)
        .invocation("r", () -> service().run(task, "arn:function"));
  }

  /** The line of the invocation; a fault would have another one. */
  private JsonObject line() {
    assertThat(lines).hasSize(1);
    return Json.readObject(lines.getFirst());
  }

  private DeliveryService service() {
    Config config = new Config(Map.of(Setting.CONNECTIONS_TABLE.name(), "connections"));
    ConnectionGateway gateway = new ConnectionGateway(new Gateway());
    FrameEncoders none =
        protocol -> {
          throw new AssertionError("nothing is closed here");
        };
    Dispatcher dispatcher =
        new Dispatcher(
            new ConnectionTable(table, config, clock),
            new OpeningTable(table, config),
            gateway,
            new ConnectionCloser(gateway, none),
            clock,
            clock::pass);
    return new DeliveryService(
        dispatcher,
        users -> {},
        function -> {
          throw new AssertionError("nothing is queued here");
        });
  }

  /** Time passes in pauses alone. */
  private static final class PausedClock extends Clock {
    private Instant now = CONNECTED;

    private synchronized void pass(Duration pause) {
      now = now.plus(pause);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  /** Answers 410 unless a post is taken. */
  private final class Gateway implements ApiGatewayManagementApiClient {
    @Override
    public synchronized PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
      posts.add(sinceConnected());
      if (tooLarge) {
        throw PayloadTooLargeException.builder().statusCode(413).build();
      }
      if (!isTaken.test(posts.size())) {
        throw GoneException.builder().statusCode(410).build();
      }
      return PostToConnectionResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "execute-api";
    }

    @Override
    public void close() {}
  }

  /** Has the connection, as opening and as its user's, while it is registered. */
  private final class Table implements DynamoDbClient {
    private int reads;
    private int removals;

    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      if (!isRegistered.test(++reads)) {
        return BatchGetItemResponse.builder().responses(Map.of()).build();
      }
      Map<String, AttributeValue> connection =
          Map.of(
              "protocol", AttributeValue.fromS("PLAIN"),
              "connectedAt", AttributeValue.fromN(Long.toString(CONNECTED.toEpochMilli())),
              "authorizedUntil", AttributeValue.fromN("99999999999"),
              "ready", AttributeValue.fromBool(true));
      return BatchGetItemResponse.builder()
          .responses(
              Map.of(
                  "connections",
                  List.of(
                      Map.of(
                          "pk",
                          AttributeValue.fromS("user#" + USER.value()),
                          "sk",
                          AttributeValue.fromS("connections"),
                          ID.value(),
                          AttributeValue.fromM(connection)))))
          .build();
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder()
          .item(
              isRegistered.test(++reads)
                  ? Map.of(
                      "openings",
                      AttributeValue.fromSs(List.of(CONNECTED.toEpochMilli() + " " + ID.value())))
                  : Map.of())
          .build();
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
      removals++;
      return UpdateItemResponse.builder().attributes(Map.of()).build();
    }

    @Override
    public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
      removals++;
      return DeleteItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
