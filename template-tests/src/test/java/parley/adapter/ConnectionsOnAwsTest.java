package parley.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.ConnectionService;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.JoinedTable;
import parley.connection.Opening;
import parley.connection.OpeningTable;
import parley.connection.Origin;
import parley.connection.Protocol;
import parley.connection.Slot;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.Sleeper;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** The table of connections keeps its promises on every stand-in for DynamoDB alike. */
@ParameterizedClass
@EnumSource
class ConnectionsOnAwsTest {
  private static final Origin ORIGIN = Origin.ofAddress("203.0.113.24");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);

  private final ConnectionTable table;
  private final ConnectionSlots slots;
  private final OpeningTable openings;
  private final ConnectionService connections;
  private final UserId user = newUser();

  ConnectionsOnAwsTest(Aws aws) {
    AwsServices services = aws.services();
    table = new ConnectionTable(services.clients().dynamoDb(), services.config(), clock);
    slots = new ConnectionSlots(services.clients().dynamoDb(), services.config());
    openings = new OpeningTable(services.clients().dynamoDb(), services.config());
    Sql unused = new Sql(services.clients().rdsData(), services.config(), "unused", Sleeper.SYSTEM);
    connections =
        new ConnectionService(
            table,
            slots,
            openings,
            new JoinedTable(services.clients().dynamoDb(), services.config()),
            new ConversationRepository(unused),
            new Ids(clock, new SecureRandom()));
  }

  @Test
  void aConnectionIsFoundByItsUserAndByItsIdWithAllThatASendNeeds() {
    Connection connection = open(user, Protocol.PLAIN, true);

    assertThat(table.find(List.of(user))).containsExactly(connection);
    assertThat(connections.find(connection.id())).contains(connection);
    assertThat(inAnySlot(connection)).isTrue();
  }

  @Test
  void oneReadFindsTheConnectionsOfMoreUsersThanABatchTakes() {
    List<UserId> users =
        IntStream.range(0, 130)
            .mapToObj(number -> newUser())
            .collect(ArrayList::new, List::add, List::addAll);
    Connection first = open(users.getFirst(), Protocol.PLAIN, true);
    Connection last = open(users.getLast(), Protocol.SOCKET_IO, false);

    assertThat(table.find(users)).containsExactlyInAnyOrder(first, last);
  }

  @Test
  void whoeverIsConnectedTwiceByARetriedCallIsConnectedOnce() {
    Connection connection = open(user, Protocol.PLAIN, true);

    connections.connected(connection);

    assertThat(table.find(List.of(user))).containsExactly(connection);
  }

  @Test
  void aUserHasAHundredConnectionsAtMostAndOneThatClosesMakesRoom() {
    List<Connection> all =
        IntStream.range(0, ConnectionTable.MAX_CONNECTIONS)
            .mapToObj(number -> open(user, Protocol.PLAIN, true))
            .toList();
    Connection oneMore = connection(user, Protocol.PLAIN, true);
    assertThatThrownBy(() -> connections.connected(oneMore))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS));
    assertThat(connections.find(oneMore.id())).isEmpty();

    connections.disconnected(opening(all.getFirst()));
    connections.connected(oneMore);

    assertThat(table.find(List.of(user)))
        .hasSize(ConnectionTable.MAX_CONNECTIONS)
        .contains(oneMore)
        .doesNotContain(all.getFirst());
  }

  @Test
  void devicesThatConnectAtTheSameTimeAreAllThere() {
    List<Future<Connection>> opened;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      opened =
          IntStream.range(0, 4)
              .mapToObj(number -> threads.submit(() -> open(user, Protocol.PLAIN, true)))
              .toList();
    }

    assertThat(table.find(List.of(user)))
        .containsExactlyInAnyOrderElementsOf(opened.stream().map(Future::resultNow).toList());
  }

  @Test
  void anOpeningConnectionIsGivenToItsUserOnceAndServedWhenItIsReady() {
    Connection connection = connection(user, Protocol.SOCKET_IO, false);
    Opening opening = opening(connection);
    connections.opening(opening);
    assertThat(openings.contains(opening)).isTrue();

    assertThat(connections.bind(opening, connection)).isTrue();
    assertThat(connections.bind(opening, connection)).as("a second time").isFalse();
    assertThat(openings.contains(opening)).isFalse();
    assertThat(table.find(List.of(user))).containsExactly(connection);

    connections.ready(connection);
    assertThat(table.find(List.of(user))).allMatch(Connection::ready);
  }

  @Test
  void anOpeningConnectionThatClosedIsGivenToNobody() {
    Connection connection = connection(user, Protocol.SOCKET_IO, false);
    connections.opening(opening(connection));
    connections.disconnected(opening(connection));

    assertThat(connections.bind(opening(connection), connection)).isFalse();
    connections.ready(connection);

    assertThat(table.find(List.of(user))).isEmpty();
    assertThat(connections.find(connection.id())).isEmpty();
  }

  @Test
  void exactlyTheConnectionThatClosedIsForgotten() {
    Connection stays = open(user, Protocol.PLAIN, true);
    Connection closes = open(user, Protocol.PLAIN, true);

    connections.disconnected(opening(closes));
    connections.disconnected(opening(closes));
    connections.disconnected(new Opening(new ConnectionId("never-there"), ORIGIN, now));

    assertThat(table.find(List.of(user))).containsExactly(stays);
    assertThat(inAnySlot(closes)).isFalse();
  }

  @Test
  void aConversationThatIsOpenOnADeviceIsLeftWithoutHarm() {
    Connection connection = open(user, Protocol.PLAIN, true);

    ConversationId conversation = new ConversationId(UUID.randomUUID());
    connections.leave(user, connection.id(), conversation);
    connections.leave(user, new ConnectionId("never-there"), conversation);

    assertThat(table.find(List.of(user))).containsExactly(connection);
  }

  @Test
  void unreadableFramesAreCountedUntilThereIsOneTooMany() {
    Connection connection = open(user, Protocol.PLAIN, true);

    assertThat(
            IntStream.range(0, 20).mapToObj(n -> connections.isOneBreachTooMany(connection.id())))
        .endsWith(false, true)
        .containsOnlyOnce(true);
    assertThat(connections.isOneBreachTooMany(new ConnectionId("of-nobody"))).isTrue();
  }

  @Test
  void aConnectionThatGatewayMustHaveClosedIsNotFoundAnyMore() {
    Instant longAgo = now.minus(Connection.MAX_LIFETIME).minus(Duration.ofMinutes(1));
    connections.connected(
        new Connection(newId(), user, Protocol.PLAIN, longAgo, now.plusSeconds(60), true));

    assertThat(table.find(List.of(user))).isEmpty();
  }

  /** The connection as it was before anybody said whose it is. */
  private Opening opening(Connection connection) {
    return new Opening(connection.id(), ORIGIN, now);
  }

  private Connection open(UserId whose, Protocol protocol, boolean ready) {
    Connection connection = connection(whose, protocol, ready);
    connections.connected(connection);
    return connection;
  }

  private boolean inAnySlot(Connection connection) {
    return IntStream.range(0, (int) Slot.PERIOD.toMinutes())
        .mapToObj(minute -> slots.in(Slot.at(now.plus(Duration.ofMinutes(minute)))))
        .anyMatch(in -> in.contains(connection));
  }

  private Connection connection(UserId whose, Protocol protocol, boolean ready) {
    return new Connection(newId(), whose, protocol, now, now.plus(Duration.ofHours(1)), ready);
  }

  private static UserId newUser() {
    return new UserId(UUID.randomUUID());
  }

  private static ConnectionId newId() {
    return new ConnectionId(UUID.randomUUID().toString().substring(0, 15) + "=");
  }
}
