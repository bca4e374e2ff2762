package parley.connection;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import parley.conversation.ConversationId;
import parley.user.UserId;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The shapes of the items in the table of connections, of which there are five kinds:
 *
 * <ul>
 *   <li>{@code user#ID}, {@code connections}: a user's live connections, each an attribute of its
 *       own, named by its id, so that a send reads them all at once; {@code live} counts them. What
 *       {@link PresenceTable} keeps is there too.
 *   <li>{@code slot#N}, a connection's id: a connection by itself, to be found by its id, and to be
 *       served with its {@link Slot}.
 *   <li>{@code openings#N}, a bucket: connections that have no user yet ({@link OpeningTable}).
 *   <li>{@code conversation#ID}, a user's id: the connections that joined it ({@link JoinedTable}).
 *   <li>{@code left#N}, a user's id: somebody whose last connection has ended a moment ago ({@link
 *       PresenceTable}).
 * </ul>
 *
 * Slots spread those with an N, whose writes a single partition could not take.
 */
final class ConnectionItems {
  static final String PARTITION = "pk";
  static final String SORT = "sk";

  /**
   * The table's TTL attribute, in epoch seconds: DynamoDB drops an item some time after it, so that
   * what nobody closed and nobody swept goes too.
   */
  static final String EXPIRES_AT = "expiresAt";

  /** How many connections a user's item holds. */
  static final String LIVE = "live";

  /** Whether a user's friends are told that the user is online. */
  static final String ONLINE = "online";

  /** When a user's last connection ended, in epoch milliseconds. */
  static final String LAST_SEEN = "lastSeen";

  /** Orders what is told of a user's presence. */
  static final String PRESENCE_VERSION = "presenceVersion";

  /** When somebody's last connection ended, in the note of it. */
  static final String LEFT_AT = "leftAt";

  /** How many frames of a connection could not be read. */
  static final String BREACHES = "breaches";

  private static final String USER_ID = "userId";
  private static final String AUTHORIZED_UNTIL = "authorizedUntil";
  static final String READY = "ready";
  static final String CONVERSATION_ID = "conversationId";
  private static final String PROTOCOL = "protocol";
  private static final String CONNECTED_AT = "connectedAt";
  private static final String USER = "user#";
  private static final String CONNECTIONS = "connections";
  private static final String SLOT = "slot#";
  private static final String LEFT = "left#";
  private static final String CONVERSATION = "conversation#";

  private ConnectionItems() {}

  static Map<String, AttributeValue> key(UserId user) {
    return key(USER + user.value(), CONNECTIONS);
  }

  static Map<String, AttributeValue> key(ConnectionId connection) {
    return key(partition(Slot.of(connection)), connection.value());
  }

  static Map<String, AttributeValue> joinedKey(ConversationId conversation, UserId user) {
    return key(partition(conversation), user.value().toString());
  }

  static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }

  static String partition(Slot slot) {
    return SLOT + slot.number();
  }

  static String partition(ConversationId conversation) {
    return CONVERSATION + conversation.value();
  }

  static Map<String, AttributeValue> leftKey(UserId user) {
    return key(leftPartition(Slot.of(user)), user.value().toString());
  }

  static String leftPartition(Slot slot) {
    return LEFT + slot.number();
  }

  /** How many connections a user's item counts. */
  static long live(Map<String, AttributeValue> item) {
    return number(item, LIVE).orElse(0);
  }

  /** What a user's item says of a connection. */
  static AttributeValue ofUser(Connection connection) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    attributes.put(PROTOCOL, AttributeValue.fromS(connection.protocol().name()));
    attributes.put(CONNECTED_AT, number(connection.connectedAt().toEpochMilli()));
    attributes.put(AUTHORIZED_UNTIL, number(connection.authorizedUntil().getEpochSecond()));
    attributes.put(READY, AttributeValue.fromBool(connection.ready()));
    return AttributeValue.fromM(attributes);
  }

  /** Whose item of a user's connections it is. */
  static UserId owner(Map<String, AttributeValue> item) {
    return user(get(item, PARTITION).s().substring(USER.length()));
  }

  /** Whose item in a conversation it is. */
  static UserId joinedUser(Map<String, AttributeValue> item) {
    return user(get(item, SORT).s());
  }

  /** All connections in a user's item. */
  static Stream<Connection> readUser(Map<String, AttributeValue> item) {
    UserId user = owner(item);
    return item.entrySet().stream()
        .filter(attribute -> attribute.getValue().hasM())
        .map(attribute -> read(new ConnectionId(attribute.getKey()), user, attribute.getValue()));
  }

  static Connection read(ConnectionId id, UserId user, AttributeValue value) {
    Map<String, AttributeValue> item = value.m();
    return new Connection(
        id,
        user,
        protocol(item),
        connectedAt(item),
        authorizedUntil(item),
        get(item, READY).bool());
  }

  /** The item of a connection in its slot; it does not say whether the connection is ready. */
  static Map<String, AttributeValue> ofSlot(Connection connection) {
    Map<String, AttributeValue> item = new HashMap<>(key(connection.id()));
    item.put(USER_ID, AttributeValue.fromS(connection.userId().value().toString()));
    item.put(PROTOCOL, AttributeValue.fromS(connection.protocol().name()));
    item.put(CONNECTED_AT, number(connection.connectedAt().toEpochMilli()));
    item.put(AUTHORIZED_UNTIL, number(connection.authorizedUntil().getEpochSecond()));
    item.put(EXPIRES_AT, expiry(connection.connectedAt()));
    return item;
  }

  /** Reads a connection's item in its slot, taking it for ready. */
  static Connection readSlot(Map<String, AttributeValue> item) {
    return new Connection(
        new ConnectionId(get(item, SORT).s()),
        user(get(item, USER_ID).s()),
        protocol(item),
        connectedAt(item),
        authorizedUntil(item),
        true);
  }

  /** When DynamoDB may drop what a connection left. */
  static AttributeValue expiry(Instant connectedAt) {
    return number(connectedAt.plus(Connection.MAX_LIFETIME.multipliedBy(2)).getEpochSecond());
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static OptionalLong number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.n()));
  }

  private static Protocol protocol(Map<String, AttributeValue> item) {
    return Protocol.valueOf(get(item, PROTOCOL).s());
  }

  private static Instant connectedAt(Map<String, AttributeValue> item) {
    return Instant.ofEpochMilli(Long.parseLong(get(item, CONNECTED_AT).n()));
  }

  private static Instant authorizedUntil(Map<String, AttributeValue> item) {
    return Instant.ofEpochSecond(Long.parseLong(get(item, AUTHORIZED_UNTIL).n()));
  }

  static UserId user(String id) {
    return new UserId(UUID.fromString(id));
  }

  static AttributeValue get(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }
}
