package parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
import parley.user.UserId;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** What becomes of the connections that a task does not reach. */
class DeliveryServiceTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:d:live";
  private static final Clock CLOCK = Clock.systemUTC();

  private final List<String> posted = Collections.synchronizedList(new ArrayList<>());
  private final List<InvokeRequest> queued = new ArrayList<>();
  private Set<String> failing = Set.of();
  private boolean queueIsDown;
  private final DeliveryService service = service();

  @Test
  void aDeliveryThatReachesAllLeavesNothing() {
    service.run(delivery("a", "b", "c"), FUNCTION);

    assertThat(posted).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(queued).isEmpty();
  }

  @Test
  void onlyThoseThatWereNotReachedAreLeftToTheFunctionThatWasInvoked() {
    failing = Set.of("b", "d");
    Delivery delivery = delivery("a", "b", "c", "d");

    service.run(delivery, FUNCTION);

    assertThat(posted).containsExactlyInAnyOrder("a", "c");
    assertThat(queued).hasSize(1);
    assertThat(queued.getFirst().functionName()).isEqualTo(FUNCTION);
    assertThat(queued.getFirst().invocationTypeAsString()).isEqualTo("Event");
    assertThat(DeliveryTask.fromJson(queued.getFirst().payload().asUtf8String()))
        .isEqualTo(
            new Delivery(delivery.frame(), connections("b", "d").toList(), delivery.since(), 1));
  }

  @Test
  void whatReachesNobodyIsLeftToLambdaWhichWaitsAMinute() {
    failing = Set.of("a", "b");

    assertThatThrownBy(() -> service.run(delivery("a", "b"), FUNCTION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 connections");
    assertThat(queued).isEmpty();
  }

  @Test
  void theWholeIsTriedAgainIfTheRestCannotBeQueued() {
    failing = Set.of("b");
    queueIsDown = true;

    assertThatThrownBy(() -> service.run(delivery("a", "b"), FUNCTION))
        .isInstanceOf(SdkClientException.class);
  }

  @Test
  void afterTheLastRoundTheRestIsGivenUpAsAWhole() {
    failing = Set.of("z");
    DeliveryTask task = delivery("a", "b", "c", "d", "e", "f", "z");
    int rounds = 0;
    for (; rounds < DeliveryService.MAX_ROUNDS; rounds++) {
      queued.clear();
      service.run(task, FUNCTION);
      task = reachingOneMore(queued.getFirst());
    }
    DeliveryTask last = task;
    queued.clear();

    assertThatThrownBy(() -> service.run(last, FUNCTION)).isInstanceOf(IllegalStateException.class);
    assertThat(queued).isEmpty();
  }

  @Test
  void aGreetingThatIsNotTakenIsLeftToLambda() {
    failing = Set.of("a");
    Greeting greeting =
        new Greeting(
            new Opening(new ConnectionId("a"), Origin.ofAddress("203.0.113.24"), Instant.EPOCH),
            "0{}");

    assertThatThrownBy(() -> service.run(greeting, FUNCTION))
        .isInstanceOf(IllegalStateException.class);
    assertThat(queued).isEmpty();
  }

  /** The task that was queued, with another connection, so that it reaches one again. */
  private static DeliveryTask reachingOneMore(InvokeRequest request) {
    Delivery left = (Delivery) DeliveryTask.fromJson(request.payload().asUtf8String());
    List<Connection> more =
        Stream.concat(connections("another"), left.connections().stream()).toList();
    return new Delivery(left.frame(), more, left.since(), left.round());
  }

  private static Delivery delivery(String... ids) {
    return new Delivery("hello", connections(ids).toList(), Instant.EPOCH);
  }

  private static Stream<Connection> connections(String... ids) {
    Instant now = Instant.parse("2026-11-22T10:15:30.123Z");
    return Stream.of(ids)
        .map(
            id ->
                new Connection(
                    new ConnectionId(id),
                    new UserId(new UUID(0, 0)),
                    Protocol.PLAIN,
                    now,
                    Instant.parse("2126-11-22T11:15:30Z"),
                    true));
  }

  private DeliveryService service() {
    Config config = new Config(Map.of(Setting.CONNECTIONS_TABLE.name(), "connections"));
    ConnectionGateway gateway = new ConnectionGateway(new FailingGateway());
    FrameEncoders none =
        protocol -> {
          throw new AssertionError("nothing is closed here");
        };
    Dispatcher dispatcher =
        new Dispatcher(
            new ConnectionTable(new OpenTable(), config, CLOCK),
            new OpeningTable(new OpenTable(), config),
            gateway,
            new ConnectionCloser(gateway, none),
            CLOCK,
            pause -> {});
    return new DeliveryService(
        dispatcher, users -> {}, function -> new DeliveryQueue(new Queue(), function));
  }

  private final class FailingGateway implements ApiGatewayManagementApiClient {
    @Override
    public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
      if (failing.contains(request.connectionId())) {
        throw SdkClientException.create("throttled");
      }
      posted.add(request.connectionId());
      return PostToConnectionResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "execute-api";
    }

    @Override
    public void close() {}
  }

  private final class Queue implements LambdaClient {
    @Override
    public InvokeResponse invoke(InvokeRequest request) {
      if (queueIsDown) {
        throw SdkClientException.create("down");
      }
      queued.add(request);
      return InvokeResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "lambda";
    }

    @Override
    public void close() {}
  }

  /** Every connection is still opening. */
  private static final class OpenTable implements DynamoDbClient {
    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder()
          .item(Map.of("openings", AttributeValue.fromSs(List.of("0 a"))))
          .build();
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
