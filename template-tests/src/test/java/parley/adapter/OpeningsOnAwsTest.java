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
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import parley.conversation.ConversationRepository;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.Parallel;
import parley.platform.Sleeper;
import parley.platform.sql.Sql;
import parley.user.UserId;

/** How many connections stand whose clients have not said who they are. */
@ParameterizedClass
@EnumSource
class OpeningsOnAwsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Origin origin = newAddress();

  private final Aws aws;
  private final OpeningTable openings;
  private final ConnectionService connections;

  OpeningsOnAwsTest(Aws aws) {
    this.aws = aws;
    AwsServices services = aws.services();
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    openings = new OpeningTable(services.clients().dynamoDb(), services.config());
    Sql unused = new Sql(services.clients().rdsData(), services.config(), "unused", Sleeper.SYSTEM);
    connections =
        new ConnectionService(
            new ConnectionTable(services.clients().dynamoDb(), services.config(), clock),
            new ConnectionSlots(services.clients().dynamoDb(), services.config()),
            openings,
            new JoinedTable(services.clients().dynamoDb(), services.config()),
            new ConversationRepository(unused),
            new Ids(clock, new SecureRandom()));
  }

  /**
   * Does something with all of these at once. On moto one follows the other: its server checks the
   * condition of a write and writes without a lock, so that two writes may both meet it.
   */
  private <T, R> List<R> atOnce(List<T> items, Function<T, R> work) {
    return aws == Aws.MOTO ? items.stream().map(work).toList() : Parallel.map(items, work);
  }

  /** Tests share the table, and two addresses may share a bucket. */
  @BeforeEach
  @AfterEach
  void emptyAllBuckets() {
    openings.buckets().forEach(openings::removeAll);
    assertThat(openings.buckets()).isEmpty();
  }

  @Test
  void anOriginHas50AtATimeAndEachThatEndsMakesRoomForOne() {
    List<Opening> all = open(50, origin);
    mustBeRefused(origin);

    connections.disconnected(all.get(0));
    var _ = open(1, origin);
    mustBeRefused(origin);

    assertThat(connections.bind(all.get(1), signedIn(all.get(1)))).isTrue();
    var _ = open(1, origin);
    mustBeRefused(origin);

    assertThat(openings.removeAll(all.subList(2, 5))).hasSize(3);
    var _ = open(3, origin);
    mustBeRefused(origin);
  }

  @Test
  void manyThatOpenAtTheSameTimeAreNoMoreThanTheLimit() {
    List<Boolean> opened =
        atOnce(
            IntStream.range(0, 80).boxed().toList(),
            number -> {
              try {
                connections.opening(opening(origin));
                return true;
              } catch (ChatException e) {
                return false;
              }
            });

    assertThat(opened.stream().filter(Boolean::booleanValue)).hasSize(50);
  }

  @Test
  void ofOneBucket100StandAtATimeWhereverTheyComeFrom() {
    Origin second = another(true);
    Origin third = another(true);
    Origin elsewhere = another(false);
    var _ = open(50, origin);
    List<Opening> others = open(50, second);
    mustBeRefused(third);
    var _ = open(1, elsewhere);

    connections.disconnected(others.getFirst());
    var _ = open(1, third);
    mustBeRefused(third);
  }

  @Test
  void oneThatClosesTwiceOrWasNeverThereTakesNoPlaceFromOthersAndGivesNone() {
    List<Opening> all = open(50, origin);
    connections.disconnected(opening(origin));
    mustBeRefused(origin);

    connections.disconnected(all.getFirst());
    connections.disconnected(all.getFirst());
    var _ = open(1, origin);

    mustBeRefused(origin);
  }

  @Test
  void aClientWhoseUserHasTooManyConnectionsStandsNoLonger() {
    UserId user = new UserId(UUID.randomUUID());
    for (int i = 0; i < ConnectionTable.MAX_CONNECTIONS; i++) {
      connections.connected(connection(newId(), user));
    }
    Opening opening = open(1, origin).getFirst();

    assertThatThrownBy(() -> connections.bind(opening, connection(opening.id(), user)))
        .isInstanceOf(ChatException.class);

    assertThat(openings.contains(opening)).isFalse();
    assertThat(connections.find(opening.id())).isEmpty();
  }

  @Test
  void whatStandsIsToldWithItsOriginAndTimeByBucket() {
    Opening old = new Opening(newId(), origin, now.minus(Duration.ofHours(3)));
    Opening young = opening(origin);
    Opening neighbour = opening(another(true));
    Stream.of(old, young, neighbour).forEach(connections::opening);

    assertThat(openings.buckets())
        .filteredOn(bucket -> bucket.contains(old))
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Opening.class))
        .containsExactlyInAnyOrder(old, young, neighbour);
  }

  @Test
  void ofASignInAndAClosingAtOnceExactlyOneHasTheConnection() {
    List<Opening> all = open(40, origin);
    List<List<Opening>> halves = List.of(all.subList(0, 20), all.subList(20, 40));

    List<Collection<Opening>> had =
        atOnce(
            IntStream.range(0, 42).boxed().toList(),
            number ->
                number < 2
                    ? openings.removeAll(halves.get(number))
                    : connections.bind(all.get(number - 2), signedIn(all.get(number - 2)))
                        ? List.of(all.get(number - 2))
                        : List.of());

    assertThat(had.stream().flatMap(Collection::stream)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void closingWhatDoesNotStandAnyMoreIsNoError() {
    Opening opening = opening(origin);

    assertThat(openings.removeAll(List.of(opening))).isEmpty();
    connections.opening(opening);
    assertThat(openings.removeAll(List.of(opening))).containsExactly(opening);
    assertThat(openings.removeAll(List.of(opening))).isEmpty();
  }

  private List<Opening> open(int number, Origin from) {
    List<Opening> opened = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Opening opening = opening(from);
      connections.opening(opening);
      opened.add(opening);
    }
    return opened;
  }

  private void mustBeRefused(Origin from) {
    Opening oneMore = opening(from);
    assertThatThrownBy(() -> connections.opening(oneMore))
        .isInstanceOfSatisfying(
            ChatException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_CONNECTIONS));
    assertThat(openings.contains(oneMore)).isFalse();
  }

  private Opening opening(Origin from) {
    return new Opening(newId(), from, now);
  }

  private Connection signedIn(Opening opening) {
    return connection(opening.id(), new UserId(UUID.randomUUID()));
  }

  private Connection connection(ConnectionId id, UserId user) {
    return new Connection(id, user, Protocol.SOCKET_IO, now, now.plus(Duration.ofHours(1)), false);
  }

  /** Another address, in the same bucket or in another one. */
  private Origin another(boolean inTheSameBucket) {
    return Stream.generate(OpeningsOnAwsTest::newAddress)
        .filter(other -> !other.equals(origin))
        .filter(
            other -> (OpeningTable.bucket(other) == OpeningTable.bucket(origin)) == inTheSameBucket)
        .findFirst()
        .orElseThrow();
  }

  private static Origin newAddress() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return Origin.ofAddress(
        "2001:db8:%x:%x::1".formatted(random.nextInt(65_536), random.nextInt(65_536)));
  }

  private static ConnectionId newId() {
    return new ConnectionId(UUID.randomUUID().toString().substring(0, 15) + "=");
  }
}
