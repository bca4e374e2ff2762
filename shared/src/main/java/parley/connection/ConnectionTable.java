package parley.connection;

import static parley.connection.ConnectionItems.number;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The DynamoDB table of live connections, by their users; {@link ConnectionItems} has the items. A
 * connection is written to its user's item and to its own at once, or to neither, and taken from
 * its user's first: so whoever dies halfway leaves the connection's own item, by which the sweep
 * finds the rest. All connections of 100 users are one read.
 */
public final class ConnectionTable {
  /**
   * How many connections a user may have. DynamoDB's 400 KB an item would do for some 2,000, but a
   * write costs as much as the item is large; 100 are about 15 KB.
   */
  public static final int MAX_CONNECTIONS = 100;

  /** BatchGetItem's limit. */
  private static final int MAX_BATCH = 100;

  private static final int MAX_TRIES = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private static final String FAILED_CONDITION = "ConditionalCheckFailed";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public ConnectionTable(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
  }

  /**
   * Adds a connection whose user is known when it opens; must be done before its $connect returns,
   * so that no send misses it. One that is there already stays as it is.
   *
   * @throws ChatException TOO_MANY_CONNECTIONS beyond {@value #MAX_CONNECTIONS}
   */
  void register(Connection connection) {
    var _ = write(own(connection), users(connection));
  }

  /**
   * Gives a connection that was opening to its user.
   *
   * @return false if that was done before, or the connection is gone: nothing is changed then
   * @throws ChatException TOO_MANY_CONNECTIONS beyond {@value #MAX_CONNECTIONS}
   */
  boolean bind(Connection connection) {
    TransactWriteItem opening =
        TransactWriteItem.builder()
            .delete(
                delete ->
                    delete
                        .tableName(table)
                        .key(ConnectionItems.openingKey(connection.id()))
                        .conditionExpression("attribute_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", ConnectionItems.PARTITION)))
            .build();
    return write(opening, own(connection), users(connection));
  }

  /** Writes all, the user's item last; false if a condition on another one does not hold. */
  private boolean write(TransactWriteItem... items) {
    for (int tries = 1; ; tries++) {
      try {
        dynamoDb.transactWriteItems(request -> request.transactItems(items));
        return true;
      } catch (TransactionCanceledException e) {
        List<String> reasons =
            e.cancellationReasons().stream().map(CancellationReason::code).toList();
        if (reasons.subList(0, reasons.size() - 1).contains(FAILED_CONDITION)) {
          return false;
        }
        if (reasons.contains(FAILED_CONDITION)) {
          throw new ChatException(
              ErrorCode.TOO_MANY_CONNECTIONS,
              "a user may have " + MAX_CONNECTIONS + " connections at a time");
        }
        // Else two devices of one user connect at once (TransactionConflict).
        pauseBefore(tries + 1);
      }
    }
  }

  private TransactWriteItem own(Connection connection) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(ConnectionItems.ofSlot(connection))
                    .conditionExpression("attribute_not_exists(#pk)")
                    .expressionAttributeNames(Map.of("#pk", ConnectionItems.PARTITION)))
        .build();
  }

  private TransactWriteItem users(Connection connection) {
    Update update =
        Update.builder()
            .tableName(table)
            .key(ConnectionItems.key(connection.userId()))
            .updateExpression("set #connection = :connection, #expiry = :expiry add #live :one")
            .conditionExpression("attribute_not_exists(#live) or #live < :most")
            .expressionAttributeNames(
                Map.of(
                    "#connection",
                    connection.id().value(),
                    "#expiry",
                    ConnectionItems.EXPIRES_AT,
                    "#live",
                    ConnectionItems.LIVE))
            .expressionAttributeValues(
                Map.of(
                    ":connection",
                    ConnectionItems.ofUser(connection),
                    ":expiry",
                    ConnectionItems.expiry(connection.connectedAt()),
                    ":one",
                    number(1),
                    ":most",
                    number(MAX_CONNECTIONS)))
            .build();
    return TransactWriteItem.builder().update(update).build();
  }

  /** Lets a connection be sent to; one that is gone stays so. */
  void makeReady(Connection connection) {
    change(
        connection.userId(),
        connection.id(),
        request ->
            request
                .updateExpression("set #connection.#ready = :true")
                .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))),
        Map.of("#ready", ConnectionItems.READY));
  }

  /** Removes exactly this connection; one that is not there is no error. */
  public void remove(UserId user, ConnectionId connection) {
    change(
        user,
        connection,
        request ->
            request
                .updateExpression("remove #connection add #live :less")
                .expressionAttributeValues(Map.of(":less", number(-1))),
        Map.of("#live", ConnectionItems.LIVE));
    dynamoDb.deleteItem(request -> request.tableName(table).key(ConnectionItems.key(connection)));
  }

  /**
   * Notes which conversation is open on a connection, or none. A connection that is not registered
   * (any more) stays so.
   */
  void open(UserId user, ConnectionId connection, @Nullable ConversationId conversation) {
    change(
        user,
        connection,
        request -> {
          if (conversation == null) {
            request.updateExpression("remove #connection.#conversation");
          } else {
            request
                .updateExpression("set #connection.#conversation = :conversation")
                .expressionAttributeValues(
                    Map.of(":conversation", AttributeValue.fromS(conversation.value().toString())));
          }
        },
        Map.of("#conversation", ConnectionItems.CONVERSATION_ID));
  }

  /** Changes what a user's item says of a connection, if it says anything. */
  private void change(
      UserId user,
      ConnectionId connection,
      Consumer<UpdateItemRequest.Builder> update,
      Map<String, String> moreNames) {
    Map<String, String> names = new HashMap<>(moreNames);
    names.put("#connection", connection.value());
    for (int tries = 1; ; tries++) {
      try {
        dynamoDb.updateItem(
            request ->
                request
                    .tableName(table)
                    .key(ConnectionItems.key(user))
                    .conditionExpression("attribute_exists(#connection)")
                    .expressionAttributeNames(names)
                    .applyMutation(update));
        return;
      } catch (ConditionalCheckFailedException e) {
        // The connection closed meanwhile: there is nothing to change.
        return;
      } catch (TransactionConflictException e) {
        pauseBefore(tries + 1);
      }
    }
  }

  /**
   * All live connections of these users. The read is consistent: a connection whose registration
   * returned is found. One read serves up to {@value #MAX_BATCH} users.
   */
  public List<Connection> find(Collection<UserId> users) {
    Instant now = clock.instant();
    List<Map<String, AttributeValue>> keys =
        users.stream().distinct().map(ConnectionItems::key).toList();
    List<Connection> found = new ArrayList<>();
    for (int start = 0; start < keys.size(); start += MAX_BATCH) {
      List<Map<String, AttributeValue>> batch =
          keys.subList(start, Math.min(start + MAX_BATCH, keys.size()));
      read(batch).stream()
          .flatMap(ConnectionItems::readUser)
          .filter(connection -> !connection.isOutlived(now))
          .forEach(found::add);
    }
    return found;
  }

  /** Reads items; what DynamoDB leaves unprocessed is asked again, ever more slowly. */
  private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> batch) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> wanted =
        Map.of(table, KeysAndAttributes.builder().keys(batch).consistentRead(true).build());
    for (int tries = 1; !wanted.isEmpty(); tries++) {
      if (tries > 1) {
        pauseBefore(tries);
      }
      Map<String, KeysAndAttributes> asked = wanted;
      BatchGetItemResponse response = dynamoDb.batchGetItem(request -> request.requestItems(asked));
      items.addAll(response.responses().getOrDefault(table, List.of()));
      wanted = response.unprocessedKeys();
    }
    return items;
  }

  /** Waits before another try, ever longer, or gives up. */
  private static void pauseBefore(int tries) {
    if (tries > MAX_TRIES) {
      throw new ChatException(
          ErrorCode.SERVICE_UNAVAILABLE, "the table of connections is too busy, try again soon");
    }
    try {
      Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (tries - 2)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(ErrorCode.SERVICE_UNAVAILABLE, "interrupted, try again soon", e);
    }
  }
}
