package parley.connection;

import static parley.connection.ConnectionItems.number;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.platform.Config;
import parley.platform.Setting;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Who is online, in the items of users' connections. A user comes online with the first connection,
 * and goes offline some time after the last one: until then there is a note of it. Each change is
 * one conditional write, so that of those who try at once one makes it and tells.
 */
public final class PresenceTable {
  /** A note is looked at every minute. */
  private static final Duration NOTE_LIFETIME = Duration.ofDays(1);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public PresenceTable(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
  }

  /**
   * What the table says of a user.
   *
   * @param lastSeen when the last connection ended, empty while online
   * @param version grows by one with every change; it begins with the time in epoch milliseconds,
   *     so that it grows also when the item was lost, and is never ahead of the time
   */
  public record State(boolean online, Optional<Instant> lastSeen, long version) {
    /** Of somebody who was never there. */
    public static final State UNKNOWN = new State(false, Optional.empty(), 0);
  }

  /**
   * Brings a user with a connection online.
   *
   * @return false if they are already
   */
  public boolean come(UserId user) {
    return change(
        user,
        "set #online = :true, #version = if_not_exists(#version, :before) + :one",
        "#live > :none and (attribute_not_exists(#online) or #online = :false)");
  }

  /**
   * Brings a user without a connection offline. Their item stays from then on, for when they were
   * last seen.
   *
   * @return false if they are already, or have connected again
   */
  public boolean go(UserId user) {
    return change(
        user,
        "set #online = :false, #version = if_not_exists(#version, :before) + :one remove #expiry",
        "#live <= :none and #online = :true");
  }

  private boolean change(UserId user, String update, String condition) {
    String expression = update + condition;
    Map<String, String> names = new HashMap<>();
    names.put("#online", ConnectionItems.ONLINE);
    names.put("#version", ConnectionItems.PRESENCE_VERSION);
    names.put("#live", ConnectionItems.LIVE);
    names.put("#expiry", ConnectionItems.EXPIRES_AT);
    names.keySet().removeIf(name -> !expression.contains(name));
    return Items.update(
            dynamoDb,
            UpdateItemRequest.builder()
                .tableName(table)
                .key(ConnectionItems.key(user))
                .updateExpression(update)
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(
                    Map.of(
                        ":true", AttributeValue.fromBool(true),
                        ":false", AttributeValue.fromBool(false),
                        ":none", number(0),
                        ":one", number(1),
                        ":before", number(clock.millis() - 1)))
                .build())
        .isPresent();
  }

  /**
   * Makes whatever was told of a user's presence so far older than what is told next, also if what
   * was told had the time as its version.
   */
  public void outdate(UserId user) {
    UpdateItemRequest toNow =
        version(user)
            .updateExpression("set #version = :value")
            .conditionExpression("attribute_not_exists(#version) or #version < :value")
            .expressionAttributeValues(Map.of(":value", number(clock.millis())))
            .build();
    if (Items.update(dynamoDb, toNow).isEmpty()) {
      var _ =
          Items.update(
              dynamoDb,
              version(user)
                  .updateExpression("add #version :value")
                  .expressionAttributeValues(Map.of(":value", number(1)))
                  .build());
    }
  }

  private UpdateItemRequest.Builder version(UserId user) {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(ConnectionItems.key(user))
        .expressionAttributeNames(Map.of("#version", ConnectionItems.PRESENCE_VERSION));
  }

  /** The states of these users; one consistent read serves up to 100. */
  public Map<UserId, State> find(Collection<UserId> users) {
    Instant now = clock.instant();
    Map<UserId, State> found = new HashMap<>();
    for (Map<String, AttributeValue> item :
        Items.read(dynamoDb, table, users.stream().distinct().map(ConnectionItems::key).toList())) {
      found.put(ConnectionItems.owner(item), state(item, now));
    }
    return found;
  }

  /** Whose connections have all outlived API Gateway is not online, though nobody said so yet. */
  private static State state(Map<String, AttributeValue> item, Instant now) {
    List<Connection> connections = ConnectionItems.readUser(item).toList();
    boolean online =
        item.getOrDefault(ConnectionItems.ONLINE, AttributeValue.fromBool(false)).bool()
            && (connections.isEmpty()
                || !connections.stream().allMatch(connection -> connection.isOutlived(now)));
    return new State(
        online,
        online
            ? Optional.empty()
            : number(item, ConnectionItems.LAST_SEEN).stream()
                .mapToObj(Instant::ofEpochMilli)
                .findFirst(),
        number(item, ConnectionItems.PRESENCE_VERSION).orElse(0));
  }

  /** Notes that a user's last connection has ended. */
  void noteLeaving(UserId user) {
    Instant now = clock.instant();
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table)
                .key(ConnectionItems.leftKey(user))
                .updateExpression("set #leftAt = :now, #expiry = :expiry")
                .expressionAttributeNames(
                    Map.of(
                        "#leftAt", ConnectionItems.LEFT_AT, "#expiry", ConnectionItems.EXPIRES_AT))
                .expressionAttributeValues(
                    Map.of(
                        ":now", number(now.toEpochMilli()),
                        ":expiry", number(now.plus(NOTE_LIFETIME).getEpochSecond()))));
  }

  /** A note that a user's last connection ended at this moment. */
  public record Leaving(UserId user, Instant at) {}

  /** The notes that are no younger than this. */
  public List<Leaving> leftBefore(Instant time) {
    return Slot.ALL.stream()
        .map(ConnectionItems::leftPartition)
        .flatMap(this::query)
        .map(
            note ->
                new Leaving(
                    ConnectionItems.joinedUser(note),
                    Instant.ofEpochMilli(
                        number(note, ConnectionItems.LEFT_AT).orElse(Long.MAX_VALUE))))
        .filter(note -> !note.at().isAfter(time))
        .toList();
  }

  /** Those of these users who have no connection; one consistent read serves up to 100. */
  public List<UserId> withoutConnection(Collection<UserId> users) {
    return Items.read(dynamoDb, table, users.stream().map(ConnectionItems::key).toList()).stream()
        .filter(item -> ConnectionItems.live(item) <= 0)
        .map(ConnectionItems::owner)
        .toList();
  }

  private Stream<Map<String, AttributeValue>> query(String partition) {
    return Items.query(dynamoDb, table, partition, false);
  }

  /** Drops a note, unless its user has come and gone again since. */
  public void drop(Leaving note) {
    try {
      dynamoDb.deleteItem(
          request ->
              request
                  .tableName(table)
                  .key(ConnectionItems.leftKey(note.user()))
                  .conditionExpression("#leftAt = :leftAt")
                  .expressionAttributeNames(Map.of("#leftAt", ConnectionItems.LEFT_AT))
                  .expressionAttributeValues(Map.of(":leftAt", number(note.at().toEpochMilli()))));
    } catch (ConditionalCheckFailedException e) {
      // The newer note has its own turn.
    }
  }
}
