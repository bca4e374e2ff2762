package parley.connection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static parley.connection.ConnectionItems.number;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import parley.platform.ChatException;
import parley.platform.Config;
import parley.platform.ErrorCode;
import parley.platform.Setting;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The openings: connections whose clients have not said yet who they are. They stand in {@value
 * #BUCKETS} items of the table of connections, the buckets, so that the write that adds one also
 * counts the others. An origin always has the same bucket. A bucket has the set of all its openings
 * and one set for each origin; a set that becomes empty is gone.
 *
 * <p>Half of the buckets are for users whose token came with the handshake and half for addresses:
 * anonymous clients, whatever their number, take no place from known users. Whoever comes through a
 * proxy such as CloudFront has its address; a single client is then bounded only by what the limits
 * are for that address and in all.
 *
 * <p>An opening leaves its bucket when its client signs in, when it closes and when it is closed
 * after {@link Opening#PATIENCE}, whether or not its $disconnect came. Taking it out is one
 * conditional write, so that one of those who try at once does. No transaction touches a bucket: it
 * would lock out all the other openings of an office or of a proxy for as long as it takes.
 */
public final class OpeningTable {
  /** A sign-in takes less than half a second, so these are a hundred sign-ins a second. */
  public static final int MOST_OF_ORIGIN = 50;

  /** Keeps a bucket below 8 KB, because a write costs as much as the item is large. */
  public static final int MOST_OF_BUCKET = 100;

  public static final int BUCKETS = 128;

  private static final int PARTITIONS = 8;
  private static final String PARTITION = "openings#";
  private static final String ALL = "openings";
  private static final String FROM = "from ";

  private final DynamoDbClient dynamoDb;
  private final String table;

  public OpeningTable(DynamoDbClient dynamoDb, Config config) {
    this.dynamoDb = dynamoDb;
    this.table = config.require(Setting.CONNECTIONS_TABLE);
  }

  /**
   * Adds an opening.
   *
   * @throws ChatException TOO_MANY_CONNECTIONS if {@value #MOST_OF_ORIGIN} of the same origin stand
   *     already, or {@value #MOST_OF_BUCKET} in the same bucket
   */
  void add(Opening opening) {
    UpdateItemRequest request =
        of(opening)
            .updateExpression("add #all :opening, #origin :opening set #expiry = :expiry")
            .conditionExpression(
                "(attribute_not_exists(#all) or size(#all) < :mostOfBucket)"
                    + " and (attribute_not_exists(#origin) or size(#origin) < :mostOfOrigin)")
            .expressionAttributeNames(
                Map.of(
                    "#all",
                    ALL,
                    "#origin",
                    attribute(opening.origin()),
                    "#expiry",
                    ConnectionItems.EXPIRES_AT))
            .expressionAttributeValues(
                Map.of(
                    ":opening",
                    AttributeValue.fromSs(List.of(entry(opening))),
                    ":mostOfBucket",
                    number(MOST_OF_BUCKET),
                    ":mostOfOrigin",
                    number(MOST_OF_ORIGIN),
                    ":expiry",
                    ConnectionItems.expiry(opening.connectedAt())))
            .build();
    if (Items.update(dynamoDb, request).isEmpty()) {
      throw new ChatException(
          ErrorCode.TOO_MANY_CONNECTIONS,
          "too many connections are open whose clients have not said who they are");
    }
  }

  /** Whether it still stands. The read is consistent. */
  public boolean contains(Opening opening) {
    Map<String, AttributeValue> bucket =
        dynamoDb
            .getItem(request -> request.tableName(table).key(key(opening)).consistentRead(true))
            .item();
    return entries(bucket, ALL).contains(entry(opening));
  }

  /**
   * Takes an opening out.
   *
   * @return whether it stood; only one of those who try at once is told so
   */
  public boolean remove(Opening opening) {
    UpdateItemRequest request =
        of(opening)
            .updateExpression("delete #all :opening, #origin :opening")
            .conditionExpression("contains(#all, :entry)")
            .expressionAttributeNames(Map.of("#all", ALL, "#origin", attribute(opening.origin())))
            .expressionAttributeValues(
                Map.of(
                    ":opening",
                    AttributeValue.fromSs(List.of(entry(opening))),
                    ":entry",
                    AttributeValue.fromS(entry(opening))))
            .build();
    return Items.update(dynamoDb, request).isPresent();
  }

  /**
   * Takes openings of one bucket out, by one write.
   *
   * @return those that stood; only one of those who try at once is told so
   */
  public List<Opening> removeAll(List<Opening> openings) {
    Map<Origin, List<String>> byOrigin =
        openings.stream()
            .collect(groupingBy(Opening::origin, mapping(OpeningTable::entry, toList())));
    Map<String, String> names = new HashMap<>(Map.of("#all", ALL));
    Map<String, AttributeValue> values =
        new HashMap<>(
            Map.of(
                ":all",
                AttributeValue.fromSs(openings.stream().map(OpeningTable::entry).toList())));
    List<String> deletions = new ArrayList<>(List.of("#all :all"));
    byOrigin.forEach(
        (origin, entries) -> {
          int number = deletions.size();
          names.put("#o" + number, attribute(origin));
          values.put(":o" + number, AttributeValue.fromSs(entries));
          deletions.add("#o" + number + " :o" + number);
        });
    Set<String> stood =
        Items.update(
                dynamoDb,
                of(openings.getFirst())
                    .updateExpression("delete " + String.join(", ", deletions))
                    .conditionExpression("attribute_exists(#all)")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .returnValues(ReturnValue.UPDATED_OLD)
                    .build())
            .map(UpdateItemResponse::attributes)
            .map(old -> Set.copyOf(entries(old, ALL)))
            .orElse(Set.of());
    return openings.stream().filter(opening -> stood.contains(entry(opening))).toList();
  }

  /** All openings, in a list for each bucket that has any. The read is not consistent. */
  public List<List<Opening>> buckets() {
    List<List<Opening>> buckets = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Items.query(dynamoDb, table, PARTITION + partition, false)
          .map(OpeningTable::read)
          .filter(bucket -> !bucket.isEmpty())
          .forEach(buckets::add);
    }
    return buckets;
  }

  private static List<Opening> read(Map<String, AttributeValue> bucket) {
    return bucket.keySet().stream()
        .filter(name -> name.startsWith(FROM))
        .flatMap(
            name ->
                entries(bucket, name).stream()
                    .map(entry -> read(new Origin(name.substring(FROM.length())), entry)))
        .toList();
  }

  private static Collection<String> entries(Map<String, AttributeValue> bucket, String name) {
    AttributeValue set = bucket.get(name);
    return set == null ? List.of() : set.ss();
  }

  /** Also says when it was connected, so that the buckets alone tell which are overdue. */
  private static String entry(Opening opening) {
    return opening.connectedAt().toEpochMilli() + " " + opening.id().value();
  }

  private static Opening read(Origin origin, String entry) {
    int space = entry.indexOf(' ');
    return new Opening(
        new ConnectionId(entry.substring(space + 1)),
        origin,
        Instant.ofEpochMilli(Long.parseLong(entry.substring(0, space))));
  }

  private static String attribute(Origin origin) {
    return FROM + origin.value();
  }

  private UpdateItemRequest.Builder of(Opening opening) {
    return UpdateItemRequest.builder().tableName(table).key(key(opening));
  }

  private static Map<String, AttributeValue> key(Opening opening) {
    int bucket = bucket(opening.origin());
    return ConnectionItems.key(PARTITION + bucket % PARTITIONS, Integer.toString(bucket));
  }

  /** The bucket of an origin, from 0 on; the first half is for addresses, the second for users. */
  public static int bucket(Origin origin) {
    CRC32 hash = new CRC32();
    hash.update(origin.value().getBytes(StandardCharsets.UTF_8));
    int half = BUCKETS / 2;
    return (int) (hash.getValue() % half) + (origin.isUser() ? half : 0);
  }
}
