package parley.circle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.platform.Config;
import parley.platform.Setting;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The copies of circles: the item {@code user#ID}, {@code circle} beside the user's connections. It
 * stays when the copy is dropped, for its version.
 */
public final class CircleTable {
  private static final String VERSION = "version";
  private static final String MADE_AT = "madeAt";
  private static final String DROPPED_AT = "droppedAt";
  private static final String SHOWN_TO = "shownTo";
  private static final String HIDDEN = "hidden";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public CircleTable(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
  }

  /**
   * What there is of a user.
   *
   * @param version counts what made copies outdated
   * @param droppedAt when the last one was, in epoch milliseconds
   * @param circle the copy, unless it was dropped or is too old
   */
  record Copy(long version, long droppedAt, Optional<Circle> circle) {}

  /** Reads a copy. The read is consistent. */
  Copy find(UserId user) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(request -> request.tableName(table).key(key(user)).consistentRead(true))
            .item();
    return new Copy(
        number(item, VERSION),
        number(item, DROPPED_AT),
        isGood(item)
            ? Optional.of(new Circle(users(item, SHOWN_TO), users(item, HIDDEN)))
            : Optional.empty());
  }

  private boolean isGood(Map<String, AttributeValue> item) {
    Instant madeAt = Instant.ofEpochMilli(number(item, MADE_AT));
    Instant settledAt = Instant.ofEpochMilli(number(item, DROPPED_AT)).plus(Circle.SETTLING);
    Duration life = madeAt.isBefore(settledAt) ? Circle.SETTLING : Circle.MAX_AGE;
    return item.containsKey(MADE_AT) && clock.instant().isBefore(madeAt.plus(life));
  }

  /**
   * Keeps a copy unless it is outdated already.
   *
   * @param before what there was before Postgres was read
   * @return whether it is kept
   */
  boolean keep(UserId user, Circle circle, Copy before) {
    Map<String, AttributeValue> item = new HashMap<>(key(user));
    item.put(VERSION, number(before.version()));
    item.put(DROPPED_AT, number(before.droppedAt()));
    item.put(MADE_AT, number(clock.millis()));
    put(item, SHOWN_TO, circle.shownTo());
    put(item, HIDDEN, circle.hidden());
    try {
      dynamoDb.putItem(
          request ->
              request
                  .tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#version) or #version = :version")
                  .expressionAttributeNames(Map.of("#version", VERSION))
                  .expressionAttributeValues(Map.of(":version", number(before.version()))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** Drops a copy, and makes all outdated that are being made. */
  void drop(UserId user) {
    dynamoDb.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(user))
                .updateExpression(
                    "set #droppedAt = :now remove #madeAt, #shownTo, #hidden add #version :one")
                .expressionAttributeNames(
                    Map.of(
                        "#droppedAt", DROPPED_AT,
                        "#madeAt", MADE_AT,
                        "#shownTo", SHOWN_TO,
                        "#hidden", HIDDEN,
                        "#version", VERSION))
                .expressionAttributeValues(
                    Map.of(":one", number(1), ":now", number(clock.millis()))));
  }

  private static Map<String, AttributeValue> key(UserId user) {
    return Map.of(
        "pk", AttributeValue.fromS("user#" + user.value()), "sk", AttributeValue.fromS("circle"));
  }

  /** DynamoDB has no empty sets. */
  private static void put(Map<String, AttributeValue> item, String name, Set<UserId> users) {
    if (!users.isEmpty()) {
      item.put(
          name,
          AttributeValue.fromSs(users.stream().map(user -> user.value().toString()).toList()));
    }
  }

  private static Set<UserId> users(Map<String, AttributeValue> item, String name) {
    AttributeValue users = item.get(name);
    return users == null
        ? Set.of()
        : users.ss().stream()
            .map(id -> new UserId(UUID.fromString(id)))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue number = item.get(name);
    return number == null ? 0 : Long.parseLong(number.n());
  }
}
