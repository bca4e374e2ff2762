package parley.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import parley.platform.log.Invocation;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Notes of messages that are being sent, in the table of connections: made before a message is
 * stored and removed when it has been handed to everybody. So whatever a function leaves behind
 * that dies in between has a note.
 *
 * <p>They are not in Postgres, because looking for them once a minute would keep the cluster from
 * ever pausing. They are spread over a fixed number of partitions: no partition takes all writes,
 * and finding the old ones needs no Scan.
 */
public final class PendingSends {
  /** A partition takes 1,000 writes a second (DynamoDB's quota), and a send is two. */
  private static final int PARTITIONS = 16;

  /** How many notes of a partition are found at once, the oldest ones. */
  private static final int MOST = 100;

  /** What no sweep removed, for whatever reason, the table drops by itself. */
  private static final Duration KEPT = Duration.ofDays(7);

  private static final String PARTITION = "pk";
  private static final String SORT = "sk";
  private static final String EXPIRES_AT = "expiresAt";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  public PendingSends(DynamoDbClient dynamoDb, Config config, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
    this.clock = clock;
  }

  /**
   * A note.
   *
   * @param id the message's id, if it gets stored
   * @param at when it was made
   */
  public record PendingSend(MessageId id, Instant at) {}

  /** Notes that a message of this id is about to be stored. */
  public PendingSend add(MessageId id) {
    Instant now = clock.instant();
    PendingSend note = new PendingSend(id, Instant.ofEpochMilli(now.toEpochMilli()));
    String expiry = Long.toString(now.plus(KEPT).getEpochSecond());
    dynamoDb.putItem(
        request ->
            request
                .tableName(table)
                .item(
                    Map.of(
                        PARTITION, AttributeValue.fromS(partition(partitionOf(id))),
                        SORT, AttributeValue.fromS(sort(note)),
                        EXPIRES_AT, AttributeValue.fromN(expiry))));
    return note;
  }

  /**
   * Stores the message of a note. The note stays, also if it cannot be told whether the message is
   * stored; it is removed if that is refused.
   */
  public <T> T storing(PendingSend note, Supplier<T> store) {
    try {
      return store.get();
    } catch (ChatException e) {
      // What the database did not answer may be stored all the same.
      if (e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
        drop(note);
      }
      throw e;
    }
  }

  /** Removes a note that stands for nothing (any more); if that fails, a sweep finds it so. */
  public void drop(PendingSend note) {
    try {
      remove(note);
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }

  /** Removes a note; one that is gone is no error. */
  void remove(PendingSend note) {
    dynamoDb.deleteItem(
        request ->
            request
                .tableName(table)
                .key(
                    Map.of(
                        PARTITION, AttributeValue.fromS(partition(partitionOf(note.id()))),
                        SORT, AttributeValue.fromS(sort(note)))));
  }

  /** The oldest notes that were made before this time, some hundreds at most. */
  List<PendingSend> before(Instant time) {
    List<PendingSend> notes = new ArrayList<>();
    for (int number = 0; number < PARTITIONS; number++) {
      String partition = partition(number);
      dynamoDb
          .query(
              request ->
                  request
                      .tableName(table)
                      .keyConditionExpression("pk = :partition and sk < :time")
                      .expressionAttributeValues(
                          Map.of(
                              ":partition", AttributeValue.fromS(partition),
                              ":time", AttributeValue.fromS(millis(time))))
                      .consistentRead(true)
                      .limit(MOST))
          .items()
          .stream()
          .map(item -> read(Objects.requireNonNull(item.get(SORT)).s()))
          .forEach(notes::add);
    }
    return notes;
  }

  private static int partitionOf(MessageId id) {
    return Math.floorMod(id.value().hashCode(), PARTITIONS);
  }

  private static String partition(int number) {
    return "pending#" + number;
  }

  /** By time first, so that the oldest come first. */
  private static String sort(PendingSend note) {
    return millis(note.at()) + "#" + note.id().value();
  }

  private static String millis(Instant time) {
    return "%013d".formatted(time.toEpochMilli());
  }

  private static PendingSend read(String sort) {
    int end = sort.indexOf('#');
    return new PendingSend(
        new MessageId(UUID.fromString(sort.substring(end + 1))),
        Instant.ofEpochMilli(Long.parseLong(sort.substring(0, end))));
  }
}
