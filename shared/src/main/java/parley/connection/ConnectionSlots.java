package parley.connection;

import static parley.connection.ConnectionItems.number;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import parley.platform.Config;
import parley.platform.Setting;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The DynamoDB table of live connections, by their ids and {@link Slot}s. */
public final class ConnectionSlots {
  private final DynamoDbClient dynamoDb;
  private final String table;

  public ConnectionSlots(DynamoDbClient dynamoDb, Config config) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
  }

  /** The connection with this id, taken for ready. The read is consistent. */
  Optional<Connection> find(ConnectionId connection) {
    return Optional.of(
            dynamoDb
                .getItem(
                    request ->
                        request
                            .tableName(table)
                            .key(ConnectionItems.key(connection))
                            .consistentRead(true))
                .item())
        .filter(item -> !item.isEmpty())
        .map(ConnectionItems::readSlot);
  }

  /**
   * All connections of a slot, taken for ready. The read is not consistent: what it misses is so
   * young that it can wait for the slot's next turn.
   */
  public List<Connection> in(Slot slot) {
    return Items.query(dynamoDb, table, ConnectionItems.partition(slot), false)
        .map(ConnectionItems::readSlot)
        .toList();
  }

  /**
   * Counts a frame that could not be read.
   *
   * @return how many there were on this connection; empty if it has no user, or is gone
   */
  OptionalInt countBreach(ConnectionId connection) {
    try {
      AttributeValue breaches =
          dynamoDb
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(ConnectionItems.key(connection))
                          .updateExpression("add #breaches :one")
                          .conditionExpression("attribute_exists(#pk)")
                          .expressionAttributeNames(
                              Map.of(
                                  "#breaches",
                                  ConnectionItems.BREACHES,
                                  "#pk",
                                  ConnectionItems.PARTITION))
                          .expressionAttributeValues(Map.of(":one", number(1)))
                          .returnValues(ReturnValue.UPDATED_NEW))
              .attributes()
              .get(ConnectionItems.BREACHES);
      return breaches == null
          ? OptionalInt.empty()
          : OptionalInt.of(Integer.parseInt(breaches.n()));
    } catch (ConditionalCheckFailedException e) {
      return OptionalInt.empty();
    }
  }
}
