package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import parley.connection.Connection;
import parley.connection.ConnectionSlots;
import parley.connection.Opening;
import parley.connection.OpeningTable;
import parley.connection.Slot;
import parley.platform.Budget;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;

/**
 * The work of each minute on connections while nobody says anything. Those who are signed in come
 * first: their pings, then the presence of users who went, and only then closings. So anonymous
 * connections, whatever their number, take no ping and no presence from anybody. Each step works in
 * parallel and has a budget of time; what is left of the closings waits for the next turn.
 *
 * <p>A turn costs a read for each 4 KB of connections, a post each, and no write.
 */
public final class KeepaliveService {
  /**
   * How long before its end a connection is told. As its turn comes once a period, it is told once,
   * two to ten minutes before.
   */
  private static final Duration LAST_WARNING = Duration.ofMinutes(2);

  private static final Duration FIRST_WARNING = LAST_WARNING.plus(Slot.PERIOD);

  /** More at once would be more sockets than a function should open. */
  private static final int PINGS_AT_ONCE = 200;

  private static final int CLOSINGS_AT_ONCE = 100;

  /** A bucket's openings, a hundred at most, are closed in parallel. */
  private static final int BUCKETS_AT_ONCE = 2;

  /**
   * A closing takes milliseconds. If AWS hangs, that of an opening may take 19 s: 9 s for DynamoDB
   * and 5 s each for the post and the close ({@link parley.platform.aws.AwsClients}). That of a
   * signed-in connection may take longer; if Lambda ends it, its next turn does what is left.
   */
  private static final Budget CLOSINGS = new Budget(Duration.ofSeconds(20));

  /** Leaves the closings 2 s at least. */
  private static final Budget GOINGS = new Budget(Duration.ofSeconds(22));

  /** Leaves the presence 3 s at least. */
  private static final Budget PINGS = new Budget(Duration.ofSeconds(25));

  private static final Patience PATIENCE = Patience.of(3);

  private final ConnectionSlots slots;
  private final OpeningTable openings;
  private final Dispatcher dispatcher;
  private final FrameEncoders encoders;
  private final Consumer<Budget> goings;
  private final Clock clock;

  /**
   * @param goings queues the presence of users whose last connection has ended, within a budget
   */
  public KeepaliveService(
      ConnectionSlots slots,
      OpeningTable openings,
      Dispatcher dispatcher,
      FrameEncoders encoders,
      Consumer<Budget> goings,
      Clock clock) {
    this.slots = slots;
    this.openings = openings;
    this.dispatcher = dispatcher;
    this.encoders = encoders;
    this.goings = goings;
    this.clock = clock;
  }

  /**
   * Serves the connections of one slot and queues the presence of users who went. Of the slot's
   * connections one that will end soon is told so, or closed if its client needs no telling; one
   * that must have ended is forgotten; one whose token has expired is closed; the others are kept
   * open. Then closes all connections whose clients had their time to say who they are.
   *
   * @param time when this minute was due: it, and not the clock, decides whose turn it is, so that
   *     a delay skips nobody
   * @throws RuntimeException the first failure, when all steps are done
   */
  public void serve(Instant time) {
    Instant now = clock.instant();
    Map<Connection, String> frames = new LinkedHashMap<>();
    List<Runnable> closings = new ArrayList<>();
    for (Connection connection : slots.in(Slot.at(time))) {
      if (connection.isOutlived(now)) {
        closings.add(() -> dispatcher.forget(connection));
      } else if (!connection.isAuthorized(now) || isToGiveWay(connection, now)) {
        closings.add(() -> dispatcher.drop(connection));
      } else {
        frame(connection, now, Slot.round(time)).ifPresent(frame -> frames.put(connection, frame));
      }
    }
    inTurn(
        () -> ping(frames),
        () -> goings.accept(GOINGS),
        () -> CLOSINGS.forEach(closings, CLOSINGS_AT_ONCE, Runnable::run),
        () -> abandonOverdue(now));
  }

  /** Does all steps even if one fails. */
  private static void inTurn(Runnable... steps) {
    List<RuntimeException> failures = new ArrayList<>();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  /** A connection that is not reached has lost its turn: API Gateway closes it if it stays idle. */
  private void ping(Map<Connection, String> frames) {
    PINGS.forEach(
        frames.entrySet(),
        PINGS_AT_ONCE,
        ping -> {
          Invocation.current().count(Measure.PINGS, 1);
          var _ =
              dispatcher.dispatch(List.of(ping.getKey()), connection -> ping.getValue(), PATIENCE);
        });
  }

  private void abandonOverdue(Instant now) {
    List<List<Opening>> overdue =
        openings.buckets().stream()
            .map(bucket -> bucket.stream().filter(opening -> opening.isOverdue(now)).toList())
            .filter(bucket -> !bucket.isEmpty())
            .toList();
    CLOSINGS.forEach(overdue, BUCKETS_AT_ONCE, dispatcher::abandon);
  }

  /**
   * Whether a connection is better closed now than by API Gateway at the end of its two hours: its
   * client opens the next one by itself, but may overlook the gateway's close frame.
   */
  private boolean isToGiveWay(Connection connection, Instant now) {
    return endsSoon(connection.connectedAt().plus(Connection.MAX_LIFETIME), now)
        && warning(connection).isEmpty();
  }

  private Optional<String> frame(Connection connection, Instant now, long round) {
    return (endsSoon(connection.closesAt(), now) ? warning(connection) : Optional.<String>empty())
        .or(() -> encoders.of(connection.protocol()).keepalive(round));
  }

  private Optional<String> warning(Connection connection) {
    return encoders
        .of(connection.protocol())
        .expiring(new ConnectionExpiring(connection.closesAt()));
  }

  private static boolean endsSoon(Instant end, Instant now) {
    Duration left = Duration.between(now, end);
    return left.compareTo(LAST_WARNING) > 0 && left.compareTo(FIRST_WARNING) <= 0;
  }
}
