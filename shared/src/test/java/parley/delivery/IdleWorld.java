package parley.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * DynamoDB, @connections and the queue in memory, full of idle connections. It notes what is done
 * in which order, and moves its own clock.
 */
final class IdleWorld {
  static final String PING = "2";
  static final String FAREWELL = "{}";
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final int SLOTS = 8;

  /** How many openings a bucket has, and an origin. */
  private static final int BUCKET = 100;

  private static final int ORIGIN = 50;

  private final Duration timeout;
  private final Map<String, Map<String, Map<String, AttributeValue>>> partitions = new TreeMap<>();
  private final List<String> deeds = new ArrayList<>();
  private int added;
  private Duration passed = Duration.ZERO;
  private Duration post = Duration.ZERO;
  private final Map<String, CountDownLatch> company = new HashMap<>();
  private boolean alone;
  private int atOnce;
  private int mostAtOnce;
  private boolean queueIsBroken;

  IdleWorld(Duration timeout) {
    this.timeout = timeout;
  }

  void add(int number, IntFunction<Map<String, AttributeValue>> items) {
    IntStream.range(added, added + number).mapToObj(items).forEach(this::put);
    added += number;
  }

  /** A connection of a user with a good token, whose turn it is. */
  static Map<String, AttributeValue> signedIn(int number) {
    return connection(number, NOW.plusSeconds(1800));
  }

  /** A connection whose token has expired. */
  static Map<String, AttributeValue> expired(int number) {
    return connection(number, NOW.minusSeconds(60));
  }

  private static Map<String, AttributeValue> connection(int number, Instant authorizedUntil) {
    int turn = (int) (NOW.getEpochSecond() / 60 % SLOTS);
    String id =
        IntStream.iterate(0, more -> more + 1)
            .mapToObj(more -> "c" + number + "-" + more)
            .filter(candidate -> Math.floorMod(candidate.hashCode(), SLOTS) == turn)
            .findFirst()
            .orElseThrow();
    Map<String, AttributeValue> item = item("slot#" + turn, id);
    item.put("userId", AttributeValue.fromS(new UUID(0, number).toString()));
    item.put("protocol", AttributeValue.fromS("SOCKET_IO"));
    item.put("connectedAt", number(NOW.minusSeconds(1800).toEpochMilli()));
    item.put("authorizedUntil", number(authorizedUntil.getEpochSecond()));
    return item;
  }

  /** A connection whose client had its time to say who it is. */
  static Map<String, AttributeValue> opening(int number) {
    return opening(number, NOW.minusSeconds(45));
  }

  /** A connection whose client may still say who it is. */
  static Map<String, AttributeValue> youngOpening(int number) {
    return opening(number, NOW.minusSeconds(44));
  }

  private static Map<String, AttributeValue> opening(int number, Instant connectedAt) {
    String entry = connectedAt.toEpochMilli() + " o" + number;
    Map<String, AttributeValue> item =
        item("openings#" + number / BUCKET % SLOTS, Integer.toString(number / BUCKET));
    item.put("openings", AttributeValue.fromSs(List.of(entry)));
    item.put("from 10.0.0." + number / ORIGIN, AttributeValue.fromSs(List.of(entry)));
    return item;
  }

  /** A note of a user whose last connection ended a while ago. */
  static Map<String, AttributeValue> left(int number) {
    UUID user = new UUID(1, number);
    Map<String, AttributeValue> item =
        item("left#" + Math.floorMod(user.hashCode(), SLOTS), user.toString());
    item.put("leftAt", number(NOW.minusSeconds(20).toEpochMilli()));
    return item;
  }

  private static Map<String, AttributeValue> item(String partition, String sort) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS(partition));
    item.put("sk", AttributeValue.fromS(sort));
    return item;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private void put(Map<String, AttributeValue> item) {
    partitions
        .computeIfAbsent(text(item, "pk"), first -> new TreeMap<>())
        .merge(text(item, "sk"), item, IdleWorld::union);
  }

  /** An item with the sets of both. */
  private static Map<String, AttributeValue> union(
      Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    Map<String, AttributeValue> item = new HashMap<>(one);
    other.forEach(
        (name, value) ->
            item.merge(
                name,
                value,
                (before, more) ->
                    before.hasSs()
                        ? AttributeValue.fromSs(
                            Stream.concat(before.ss().stream(), more.ss().stream()).toList())
                        : more));
    return item;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name)).s();
  }

  /** How long every call to a connection takes, as if each were made after the other. */
  void everyPostTakes(Duration duration) {
    post = duration;
  }

  /** Lets each of these wait until so many of its kind are under way. */
  void waitForOthers(int others, String... kinds) {
    for (String kind : kinds) {
      company.put(kind, new CountDownLatch(others));
    }
  }

  void breakQueue() {
    queueIsBroken = true;
  }

  synchronized void anotherMinute() {
    passed = Duration.ZERO;
  }

  synchronized Duration timeLeft() {
    return timeout.minus(passed);
  }

  /** How often this was done. */
  synchronized int count(String deed) {
    return (int) deeds.stream().filter(deed::equals).count();
  }

  synchronized int first(String deed) {
    return deeds.indexOf(deed);
  }

  synchronized int last(String deed) {
    return deeds.lastIndexOf(deed);
  }

  /** How many openings, notes and connections with an expired token there are. */
  synchronized long left() {
    return items().mapToLong(IdleWorld::left).sum();
  }

  private static long left(Map<String, AttributeValue> item) {
    AttributeValue authorizedUntil = item.get("authorizedUntil");
    if (authorizedUntil != null) {
      return Long.parseLong(authorizedUntil.n()) <= NOW.getEpochSecond() ? 1 : 0;
    }
    return item.containsKey("leftAt") ? 1 : openings(item).size();
  }

  private static List<String> openings(Map<String, AttributeValue> item) {
    return item.getOrDefault("openings", AttributeValue.fromSs(List.of())).ss();
  }

  /** How many buckets have openings. */
  synchronized long buckets() {
    return items().filter(item -> !openings(item).isEmpty()).count();
  }

  private Stream<Map<String, AttributeValue>> items() {
    return partitions.values().stream().flatMap(partition -> partition.values().stream());
  }

  /** Whether a call to a connection was made while the others were not. */
  synchronized boolean wasAlone() {
    return alone;
  }

  synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  private void call(String deed) {
    synchronized (this) {
      deeds.add(deed);
      passed = passed.plus(post);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    }
    try {
      awaitCompany(deed);
    } finally {
      synchronized (this) {
        atOnce--;
      }
    }
  }

  private void awaitCompany(String deed) {
    CountDownLatch others = company.get(deed);
    if (others == null || wasAlone()) {
      return;
    }
    others.countDown();
    try {
      if (!others.await(10, TimeUnit.SECONDS)) {
        synchronized (this) {
          alone = true;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  ApiGatewayManagementApiClient gateway() {
    return new ApiGatewayManagementApiClient() {
      @Override
      public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
        call(request.data().asUtf8String().equals(PING) ? "ping" : "farewell");
        return PostToConnectionResponse.builder().build();
      }

      @Override
      public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
        call("close");
        return DeleteConnectionResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return "execute-api";
      }

      @Override
      public void close() {}
    };
  }

  LambdaClient queue() {
    return new LambdaClient() {
      @Override
      public InvokeResponse invoke(InvokeRequest request) {
        if (queueIsBroken) {
          throw new IllegalStateException("no queue");
        }
        synchronized (IdleWorld.this) {
          deeds.add("presence");
        }
        return InvokeResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return "lambda";
      }

      @Override
      public void close() {}
    };
  }

  DynamoDbClient table() {
    return new Table();
  }

  private final class Table implements DynamoDbClient {
    @Override
    public QueryResponse query(QueryRequest request) {
      synchronized (IdleWorld.this) {
        String partition =
            Objects.requireNonNull(request.expressionAttributeValues().get(":partition")).s();
        return QueryResponse.builder()
            .items(List.copyOf(partitions.getOrDefault(partition, Map.of()).values()))
            .build();
      }
    }

    /** Nobody has a connection any more. */
    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
      return BatchGetItemResponse.builder()
          .responses(
              Map.of(
                  "connections",
                  Objects.requireNonNull(request.requestItems().get("connections")).keys()))
          .build();
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
      synchronized (IdleWorld.this) {
        Map<String, AttributeValue> old =
            partitions
                .getOrDefault(text(request.key(), "pk"), new TreeMap<>())
                .remove(text(request.key(), "sk"));
        return DeleteItemResponse.builder().attributes(old).build();
      }
    }

    /** Deletes from the sets of a bucket; nothing is asked about other changes. */
    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      synchronized (IdleWorld.this) {
        if (!text(request.key(), "pk").startsWith("openings#")) {
          return UpdateItemResponse.builder().attributes(Map.of()).build();
        }
        Set<String> gone =
            request.expressionAttributeValues().values().stream()
                .flatMap(value -> value.ss().stream())
                .collect(Collectors.toSet());
        Map<String, AttributeValue> bucket =
            items()
                .filter(item -> openings(item).stream().anyMatch(gone::contains))
                .findFirst()
                .orElseThrow();
        Map<String, AttributeValue> old = Map.copyOf(bucket);
        bucket.replaceAll(
            (name, value) ->
                value.hasSs()
                    ? AttributeValue.fromSs(
                        value.ss().stream().filter(entry -> !gone.contains(entry)).toList())
                    : value);
        return UpdateItemResponse.builder().attributes(old).build();
      }
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
