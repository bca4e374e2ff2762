package parley.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The DynamoDB table of live connections: one item a user, in which every connection is an
 * attribute of its own, named by its id. So registering and removing one is a single write that
 * reads nothing and disturbs no other, and all connections of 100 users are one read.
 */
public final class ConnectionTable {
  private static final String PARTITION = "pk";
  private static final String SORT = "sk";
  private static final String USER = "user#";
  private static final String CONNECTIONS = "connections";

  /**
   * The table's TTL attribute, in epoch seconds: DynamoDB drops the item when the last one died.
   */
  private static final String EXPIRES_AT = "expiresAt";

  private static final String PROTOCOL = "protocol";
  private static final String CONNECTED_AT = "connectedAt";
  private static final String AUTHORIZED_UNTIL = "authorizedUntil";
  private static final String CONVERSATION_ID = "conversationId";

  /** BatchGetItem's limit. */
  private static final int MAX_BATCH = 100;

  private static final int MAX_READS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public ConnectionTable(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
  }

  /** Adds a connection; must be done before its $connect returns, so that no send misses it. */
  public void register(Connection connection) {
    long expiry =
        connection.connectedAt().plus(Connection.MAX_LIFETIME.multipliedBy(2)).getEpochSecond();
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(connection.userId()))
                .updateExpression("set #connection = :connection, #expiry = :expiry")
                .expressionAttributeNames(
                    Map.of("#connection", connection.id().value(), "#expiry", EXPIRES_AT))
                .expressionAttributeValues(
                    Map.of(
                        ":connection",
                        AttributeValue.fromM(attributes(connection)),
                        ":expiry",
                        number(expiry))));
  }

  /** Removes exactly this connection; one that is not there is no error. */
  public void remove(UserId user, ConnectionId connection) {
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(user))
                .updateExpression("remove #connection")
                .expressionAttributeNames(Map.of("#connection", connection.value())));
  }

  /**
   * Notes which conversation is open on a connection, or none. A connection that is not registered
   * (any more) stays so.
   */
  public void open(UserId user, ConnectionId connection, @Nullable ConversationId conversation) {
    Map<String, String> names =
        Map.of("#connection", connection.value(), "#conversation", CONVERSATION_ID);
    try {
      dynamoDb.updateItem(
          request -> {
            request
                .tableName(table)
                .key(key(user))
                .conditionExpression("attribute_exists(#connection)")
                .expressionAttributeNames(names);
            if (conversation == null) {
              request.updateExpression("remove #connection.#conversation");
            } else {
              request
                  .updateExpression("set #connection.#conversation = :conversation")
                  .expressionAttributeValues(
                      Map.of(
                          ":conversation", AttributeValue.fromS(conversation.value().toString())));
            }
          });
    } catch (ConditionalCheckFailedException e) {
      // The connection closed meanwhile: there is nothing to note.
    }
  }

  /**
   * All live connections of these users. The read is consistent: a connection whose registration
   * returned is found. One read serves up to {@value #MAX_BATCH} users.
   */
  public List<Connection> find(Collection<UserId> users) {
    List<Map<String, AttributeValue>> keys =
        users.stream().distinct().map(ConnectionTable::key).toList();
    List<Connection> found = new ArrayList<>();
    for (int start = 0; start < keys.size(); start += MAX_BATCH) {
      List<Map<String, AttributeValue>> batch =
          keys.subList(start, Math.min(start + MAX_BATCH, keys.size()));
      read(batch).flatMap(this::connections).forEach(found::add);
    }
    return found;
  }

  /** Reads items; what DynamoDB leaves unprocessed is asked again, ever more slowly. */
  private Stream<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> batch) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> wanted =
        Map.of(table, KeysAndAttributes.builder().keys(batch).consistentRead(true).build());
    for (int reads = 1; !wanted.isEmpty(); reads++) {
      if (reads > MAX_READS) {
        throw new ChatException(
            ErrorCode.SERVICE_UNAVAILABLE, "the connections cannot be read, try again soon");
      }
      if (reads > 1) {
        pause(FIRST_PAUSE.multipliedBy(1L << reads));
      }
      Map<String, KeysAndAttributes> asked = wanted;
      BatchGetItemResponse response = dynamoDb.batchGetItem(request -> request.requestItems(asked));
      items.addAll(response.responses().getOrDefault(table, List.of()));
      wanted = response.unprocessedKeys();
    }
    return items.stream();
  }

  private Stream<Connection> connections(Map<String, AttributeValue> item) {
    UserId user =
        new UserId(UUID.fromString(attribute(item, PARTITION).s().substring(USER.length())));
    Instant now = clock.instant();
    return item.entrySet().stream()
        .filter(attribute -> attribute.getValue().hasM())
        .map(attribute -> connection(user, attribute.getKey(), attribute.getValue().m()))
        .filter(connection -> !connection.isOutlived(now));
  }

  private static Connection connection(UserId user, String id, Map<String, AttributeValue> item) {
    return new Connection(
        new ConnectionId(id),
        user,
        Protocol.valueOf(attribute(item, PROTOCOL).s()),
        Instant.ofEpochMilli(Long.parseLong(attribute(item, CONNECTED_AT).n())),
        Instant.ofEpochSecond(Long.parseLong(attribute(item, AUTHORIZED_UNTIL).n())));
  }

  private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private static Map<String, AttributeValue> attributes(Connection connection) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    attributes.put(PROTOCOL, AttributeValue.fromS(connection.protocol().name()));
    attributes.put(CONNECTED_AT, number(connection.connectedAt().toEpochMilli()));
    attributes.put(AUTHORIZED_UNTIL, number(connection.authorizedUntil().getEpochSecond()));
    return attributes;
  }

  private static Map<String, AttributeValue> key(UserId user) {
    return Map.of(
        PARTITION,
        AttributeValue.fromS(USER + user.value()),
        SORT,
        AttributeValue.fromS(CONNECTIONS));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(ErrorCode.SERVICE_UNAVAILABLE, "interrupted, try again soon", e);
    }
  }
}
