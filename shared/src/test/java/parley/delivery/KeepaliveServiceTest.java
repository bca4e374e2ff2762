package parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.connection.ConnectionSlots;
import parley.connection.ConnectionTable;
import parley.connection.OpeningTable;
import parley.connection.PresenceTable;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;
import parley.platform.log.Level;
import parley.platform.log.Log;
import parley.presence.ComingsAndGoings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a minute does with thousands of connections, counted on tables in memory. */
class KeepaliveServiceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** As in the template. */
  private static final Duration TIMEOUT = Duration.ofSeconds(55);

  private final List<String> lines = new ArrayList<>();
  private final IdleWorld world = new IdleWorld(TIMEOUT);

  @Test
  void everySignedInConnectionIsPingedBeforePresenceIsToldAndThatBeforeAnythingIsClosed() {
    world.add(300, IdleWorld::signedIn);
    world.add(200, IdleWorld::expired);
    world.add(1_000, IdleWorld::opening);
    world.add(120, IdleWorld::left);

    serve();

    assertThat(world.count("ping")).isEqualTo(300);
    assertThat(world.count("presence")).isEqualTo(3);
    assertThat(world.count("close")).isEqualTo(1_200);
    assertThat(world.last("ping")).isLessThan(world.first("presence"));
    assertThat(world.last("presence")).isLessThan(world.first("close"));
    assertThat(world.left()).as("notes, openings and expired connections").isZero();
  }

  @Test
  void anonymousConnectionsWhateverTheirNumberTakeNoPingFromAnybodyAndLeaveTheFunctionTimeToEnd() {
    world.add(500, IdleWorld::signedIn);
    world.add(120, IdleWorld::left);
    world.add(10_500, IdleWorld::opening);
    // Sequentially 10,500 closings would take 210 s.
    world.everyPostTakes(Duration.ofMillis(10));

    serve();

    assertThat(world.count("ping")).isEqualTo(500);
    assertThat(world.count("presence")).isEqualTo(3);
    assertThat(world.timeLeft()).isGreaterThan(Duration.ofSeconds(15));
    int closed = world.count("close");
    assertThat(closed).isBetween(1_000, 2_000);
    assertThat(line().value("leftOver")).isEqualTo(world.buckets());
  }

  @Test
  void whatIsLeftOverIsClosedInTheNextMinutesAndEachOnce() {
    world.add(5_000, IdleWorld::opening);
    world.everyPostTakes(Duration.ofMillis(10));

    int minutes = 0;
    while (world.left() > 0 && minutes < 20) {
      world.anotherMinute();
      serve();
      minutes++;
    }

    assertThat(minutes).isBetween(2, 4);
    assertThat(world.count("close")).isEqualTo(5_000);
  }

  @Test
  void pingsThatWouldTakeAllTheTimeLeaveSomeForPresenceAndClosings() {
    world.add(5_000, IdleWorld::signedIn);
    world.add(50, IdleWorld::left);
    world.add(50, IdleWorld::opening);
    world.everyPostTakes(Duration.ofMillis(10));

    serve();

    assertThat(world.count("ping")).isBetween(2_900, 3_500);
    assertThat(world.count("presence")).isEqualTo(1);
    assertThat(world.count("close")).isEqualTo(50);
  }

  static List<Arguments> connections() {
    return List.of(
        arguments("signed in", (IntFunction<?>) IdleWorld::signedIn, new String[] {"ping"}),
        arguments(
            "expired", (IntFunction<?>) IdleWorld::expired, new String[] {"farewell", "close"}),
        arguments(
            "opening", (IntFunction<?>) IdleWorld::opening, new String[] {"farewell", "close"}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("connections")
  void connectionsAreServedManyAtATimeButNoMoreThanAFunctionHasSocketsFor(
      String what, IntFunction<Map<String, AttributeValue>> connection, String[] calls) {
    world.add(600, connection);
    world.waitForOthers(50, calls);

    serve();

    assertThat(world.wasAlone()).as("%s: a call that waited for others in vain", what).isFalse();
    assertThat(world.mostAtOnce()).isBetween(50, 200);
  }

  @Test
  void aFailureOfOneStepKeepsNoneOfTheOthersFromBeingDoneAndIsReported() {
    world.add(300, IdleWorld::signedIn);
    world.add(300, IdleWorld::opening);
    world.add(100, IdleWorld::left);
    world.breakQueue();

    assertThatThrownBy(this::serve).hasMessageContaining("no queue");

    assertThat(world.count("ping")).isEqualTo(300);
    assertThat(world.count("close")).isEqualTo(300);
    assertThat(world.left()).as("the notes wait for the next minute").isEqualTo(100);
  }

  @Test
  void anOpeningWhoseClientStillHasTimeStaysOpen() {
    world.add(1, IdleWorld::youngOpening);

    serve();

    assertThat(world.count("close")).isZero();
    assertThat(world.left()).isOne();
  }

  private void serve() {
    new Log("KeepaliveFunction", "test", Level.INFO, CLOCK, lines::add)
        .invocation(
            "r",
            world::timeLeft,
            () -> {
              service().serve(NOW);
              return null;
            });
  }

  private JsonObject line() {
    assertThat(lines).hasSize(1);
    return Json.readObject(lines.getFirst());
  }

  private KeepaliveService service() {
    Config config = new Config(Map.of(Setting.CONNECTIONS_TABLE.name(), "connections"));
    ConnectionGateway gateway = new ConnectionGateway(world.gateway());
    FrameEncoders encoders = protocol -> new Frames();
    OpeningTable openings = new OpeningTable(world.table(), config);
    Dispatcher dispatcher =
        new Dispatcher(
            new ConnectionTable(world.table(), config, CLOCK),
            openings,
            gateway,
            new ConnectionCloser(gateway, encoders),
            CLOCK,
            pause -> {});
    ComingsAndGoings presence =
        new ComingsAndGoings(
            new PresenceTable(world.table(), config, CLOCK),
            new DeliveryQueue(world.queue(), "arn:delivery"),
            CLOCK);
    return new KeepaliveService(
        new ConnectionSlots(world.table(), config),
        openings,
        dispatcher,
        encoders,
        presence::goings,
        CLOCK);
  }

  private static final class Frames implements FrameEncoder {
    @Override
    public String event(ServerEvent event) {
      throw new AssertionError("nobody is told an event");
    }

    @Override
    public Optional<String> expiring(ConnectionExpiring event) {
      return Optional.empty();
    }

    @Override
    public Optional<String> keepalive(long round) {
      return Optional.of(IdleWorld.PING);
    }

    @Override
    public Optional<String> farewell() {
      return Optional.of(IdleWorld.FAREWELL);
    }
  }
}
