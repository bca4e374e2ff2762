package parley.connection;

import static parley.connection.ConnectionItems.number;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import parley.conversation.ConversationId;
import parley.platform.Config;
import parley.platform.Setting;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Which connections have joined a conversation: the table of connections read the other way round,
 * an item {@code conversation#ID}, {@code USER} for each participant with the connections on which
 * they have it open. It holds those of small conversations only.
 *
 * <p>A connection is {@link #announce announced} before Postgres is asked whether its user takes
 * part, and counts only once it is {@link #admit admitted} after it. Who removes a participant
 * {@link #expel}s them when that is stored: so a join at the same moment either does not find them
 * among the participants, or is expelled and cannot be admitted any more.
 */
public final class JoinedTable {
  private static final String JOINING = "joining";
  private static final String TYPED_AT = "typedAt";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public JoinedTable(DynamoDbClient dynamoDb, Config config) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
  }

  /** What became of a user's typing. */
  public enum Typed {
    /** It is to be told. */
    NOTED,
    /** It comes too soon after the last one, on whatever device. */
    TOO_SOON,
    /** This connection has not joined the conversation. */
    NOT_JOINED
  }

  /** Notes a connection that is about to join. */
  void announce(ConversationId conversation, Connection connection, UUID joining) {
    Map<String, AttributeValue> value = new HashMap<>(ConnectionItems.ofUser(connection).m());
    value.put(JOINING, AttributeValue.fromS(joining.toString()));
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table)
                .key(ConnectionItems.joinedKey(conversation, connection.userId()))
                .updateExpression("set #connection = :connection, #expiry = :expiry")
                .expressionAttributeNames(
                    Map.of(
                        "#connection",
                        connection.id().value(),
                        "#expiry",
                        ConnectionItems.EXPIRES_AT))
                .expressionAttributeValues(
                    Map.of(
                        ":connection", AttributeValue.fromM(value),
                        ":expiry", ConnectionItems.expiry(connection.connectedAt()))));
  }

  /** Lets an announced connection take part in typing, unless it was expelled or left meanwhile. */
  void admit(ConversationId conversation, Connection connection, UUID joining) {
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(ConnectionItems.joinedKey(conversation, connection.userId()))
                  .updateExpression("remove #connection.#joining")
                  .conditionExpression("#connection.#joining = :joining")
                  .expressionAttributeNames(
                      Map.of("#connection", connection.id().value(), "#joining", JOINING))
                  .expressionAttributeValues(
                      Map.of(":joining", AttributeValue.fromS(joining.toString()))));
    } catch (ConditionalCheckFailedException e) {
      // What happened meanwhile counts.
    }
  }

  /** Takes a connection from a conversation; one that has not joined it is no error. */
  void leave(ConversationId conversation, UserId user, ConnectionId connection) {
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(ConnectionItems.joinedKey(conversation, user))
                  .updateExpression("remove #connection")
                  .conditionExpression("attribute_exists(#connection)")
                  .expressionAttributeNames(Map.of("#connection", connection.value())));
    } catch (ConditionalCheckFailedException e) {
      // That is what was wanted.
    }
  }

  /** Takes all connections of somebody who takes part no more from a conversation. */
  public void expel(ConversationId conversation, UserId user) {
    dynamoDb.deleteItem(
        request -> request.tableName(table).key(ConnectionItems.joinedKey(conversation, user)));
  }

  /**
   * Notes that a user types, or stops, on a connection that has joined the conversation.
   *
   * @param pause how long a user, on all devices together, has to wait before the next one
   */
  public Typed type(
      ConversationId conversation,
      UserId user,
      ConnectionId connection,
      Instant now,
      Duration pause) {
    try {
      dynamoDb.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(ConnectionItems.joinedKey(conversation, user))
                  .updateExpression("set #typedAt = :now")
                  .conditionExpression(
                      """
                      attribute_exists(#connection) and attribute_not_exists(#connection.#joining)
                      and (attribute_not_exists(#typedAt) or #typedAt <= :latest)
                      """)
                  .expressionAttributeNames(
                      Map.of(
                          "#connection", connection.value(),
                          "#joining", JOINING,
                          "#typedAt", TYPED_AT))
                  .expressionAttributeValues(
                      Map.of(
                          ":now", number(now.toEpochMilli()),
                          ":latest", number(now.minus(pause).toEpochMilli())))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Typed.NOTED;
    } catch (ConditionalCheckFailedException e) {
      AttributeValue joined = e.hasItem() ? e.item().get(connection.value()) : null;
      return joined != null && isAdmitted(joined) ? Typed.TOO_SOON : Typed.NOT_JOINED;
    }
  }

  /**
   * The connections that have joined a conversation, of all users but this one. The read is
   * consistent, so that whoever was expelled is not among them.
   */
  public List<Connection> others(ConversationId conversation, UserId user) {
    return items(conversation)
        .filter(item -> !ConnectionItems.joinedUser(item).equals(user))
        .flatMap(
            item ->
                item.entrySet().stream()
                    .filter(entry -> entry.getValue().hasM() && isAdmitted(entry.getValue()))
                    .map(
                        entry ->
                            ConnectionItems.read(
                                new ConnectionId(entry.getKey()),
                                ConnectionItems.joinedUser(item),
                                entry.getValue())))
        .toList();
  }

  private Stream<Map<String, AttributeValue>> items(ConversationId conversation) {
    return Items.query(dynamoDb, table, ConnectionItems.partition(conversation), true);
  }

  private static boolean isAdmitted(AttributeValue connection) {
    return !connection.m().containsKey(JOINING);
  }
}
