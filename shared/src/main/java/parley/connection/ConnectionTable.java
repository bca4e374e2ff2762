package parley.connection;

import static parley.connection.ConnectionItems.number;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

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

  private static final String FAILED_CONDITION = "ConditionalCheckFailed";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;
  private final JoinedTable joined;
  private final PresenceTable presence;

  public ConnectionTable(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
    this.joined = new JoinedTable(dynamoDb, config);
    this.presence = new PresenceTable(dynamoDb, config, clock);
  }

  /**
   * Adds a connection once its user is known. If that is when it opens, it must be done before its
   * $connect returns, so that no send misses it. One that is there already stays as it is.
   *
   * @return false if it was there already
   * @throws ChatException TOO_MANY_CONNECTIONS beyond {@value #MAX_CONNECTIONS}
   */
  boolean register(Connection connection) {
    return write(own(connection), users(connection));
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
        Items.pauseBefore(tries + 1);
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
    var _ =
        change(
            connection.userId(),
            connection.id(),
            request ->
                request
                    .updateExpression("set #connection.#ready = :true")
                    .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))),
            Map.of("#ready", ConnectionItems.READY));
  }

  /**
   * Removes exactly this connection, also from the conversation that it joined; one that is not
   * there is no error. Of the user's last one a note is left before the connection's own item goes,
   * so that the sweep finds what a crash left undone.
   */
  public void remove(Connection connection) {
    Instant now = clock.instant();
    Instant end = connection.connectedAt().plus(Connection.MAX_LIFETIME);
    Optional<Map<String, AttributeValue>> old =
        change(
            connection.userId(),
            connection.id(),
            request ->
                request
                    .updateExpression("remove #connection set #lastSeen = :seen add #live :less")
                    .expressionAttributeValues(
                        Map.of(
                            ":less",
                            number(-1),
                            ":seen",
                            number((end.isBefore(now) ? end : now).toEpochMilli()))),
            Map.of("#live", ConnectionItems.LIVE, "#lastSeen", ConnectionItems.LAST_SEEN));
    old.flatMap(before -> conversation(before, connection.id()))
        .ifPresent(
            conversation -> joined.leave(conversation, connection.userId(), connection.id()));
    if (old.isEmpty() || ConnectionItems.live(old.get()) <= 1) {
      presence.noteLeaving(connection.userId());
    }
    dynamoDb.deleteItem(
        request -> request.tableName(table).key(ConnectionItems.key(connection.id())));
  }

  /**
   * Notes which conversation is open on a connection, and takes the connection from the one that
   * was open before.
   *
   * @return false if the connection is not registered (any more): it stays so
   */
  boolean open(UserId user, ConnectionId connection, ConversationId conversation) {
    Optional<Map<String, AttributeValue>> old =
        change(
            user,
            connection,
            request ->
                request
                    .updateExpression("set #connection.#conversation = :conversation")
                    .expressionAttributeValues(value(conversation)),
            Map.of("#conversation", ConnectionItems.CONVERSATION_ID));
    old.flatMap(before -> conversation(before, connection))
        .filter(before -> !before.equals(conversation))
        .ifPresent(before -> joined.leave(before, user, connection));
    return old.isPresent();
  }

  /**
   * Notes that a conversation is not open on a connection any more.
   *
   * @return false if it was not: nothing is changed then
   */
  boolean close(UserId user, ConnectionId connection, ConversationId conversation) {
    return change(
            user,
            connection,
            request ->
                request
                    .updateExpression("remove #connection.#conversation")
                    .conditionExpression("#connection.#conversation = :conversation")
                    .expressionAttributeValues(value(conversation)),
            Map.of("#conversation", ConnectionItems.CONVERSATION_ID))
        .isPresent();
  }

  private static Map<String, AttributeValue> value(ConversationId conversation) {
    return Map.of(":conversation", AttributeValue.fromS(conversation.value().toString()));
  }

  private static Optional<ConversationId> conversation(
      Map<String, AttributeValue> user, ConnectionId connection) {
    return Optional.ofNullable(user.get(connection.value()))
        .flatMap(value -> Optional.ofNullable(value.m().get(ConnectionItems.CONVERSATION_ID)))
        .map(id -> new ConversationId(UUID.fromString(id.s())));
  }

  /**
   * Changes what a user's item says of a connection.
   *
   * @return what the change replaced; empty if the item says nothing of the connection
   */
  private Optional<Map<String, AttributeValue>> change(
      UserId user,
      ConnectionId connection,
      Consumer<UpdateItemRequest.Builder> update,
      Map<String, String> moreNames) {
    Map<String, String> names = new HashMap<>(moreNames);
    names.put("#connection", connection.value());
    return Items.update(
            dynamoDb,
            UpdateItemRequest.builder()
                .tableName(table)
                .key(ConnectionItems.key(user))
                .conditionExpression("attribute_exists(#connection)")
                .expressionAttributeNames(names)
                .returnValues(ReturnValue.UPDATED_OLD)
                .applyMutation(update)
                .build())
        .map(UpdateItemResponse::attributes);
  }

  /**
   * All live connections of these users. The read is consistent: a connection whose registration
   * returned is found. One read serves up to 100 users.
   */
  public List<Connection> find(Collection<UserId> users) {
    Instant now = clock.instant();
    List<Map<String, AttributeValue>> keys =
        users.stream().distinct().map(ConnectionItems::key).toList();
    return Items.read(dynamoDb, table, keys).stream()
        .flatMap(ConnectionItems::readUser)
        .filter(connection -> !connection.isOutlived(now))
        .toList();
  }
}
