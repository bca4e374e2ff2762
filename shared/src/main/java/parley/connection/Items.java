package parley.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Reading and changing items of the table, with patience when it is busy. */
final class Items {
  /** BatchGetItem's limit. */
  private static final int MAX_BATCH = 100;

  private static final int MAX_TRIES = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  private Items() {}

  /** The items that there are; one consistent read serves up to {@value #MAX_BATCH} keys. */
  static List<Map<String, AttributeValue>> read(
      DynamoDbClient dynamoDb, String table, List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int start = 0; start < keys.size(); start += MAX_BATCH) {
      items.addAll(
          batch(dynamoDb, table, keys.subList(start, Math.min(start + MAX_BATCH, keys.size()))));
    }
    return items;
  }

  /** What DynamoDB leaves unprocessed is asked again, ever more slowly. */
  private static List<Map<String, AttributeValue>> batch(
      DynamoDbClient dynamoDb, String table, List<Map<String, AttributeValue>> keys) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Map<String, KeysAndAttributes> wanted =
        Map.of(table, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
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

  /**
   * All items of a partition, read page by page as they are taken.
   *
   * @param consistent whether to see every write that has returned, for twice the read units
   */
  static Stream<Map<String, AttributeValue>> query(
      DynamoDbClient dynamoDb, String table, String partition, boolean consistent) {
    return dynamoDb
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .consistentRead(consistent)
                    .keyConditionExpression("#pk = :partition")
                    .expressionAttributeNames(Map.of("#pk", ConnectionItems.PARTITION))
                    .expressionAttributeValues(
                        Map.of(":partition", AttributeValue.fromS(partition))))
        .items()
        .stream();
  }

  /**
   * Changes an item, again while a transaction holds it.
   *
   * @return what it answers; empty if the condition does not hold
   */
  static Optional<UpdateItemResponse> update(DynamoDbClient dynamoDb, UpdateItemRequest request) {
    for (int tries = 1; ; tries++) {
      try {
        return Optional.of(dynamoDb.updateItem(request));
      } catch (ConditionalCheckFailedException e) {
        return Optional.empty();
      } catch (TransactionConflictException e) {
        pauseBefore(tries + 1);
      }
    }
  }

  /** Waits before another try, ever longer, or gives up. */
  static void pauseBefore(int tries) {
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
