package parley.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.connection.Connection;
import parley.connection.ConnectionSlots;
import parley.connection.Opening;
import parley.connection.Slot;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;

/**
 * What is done for connections while nobody says anything: once a minute for those whose turn it
 * is. It costs a read for each 4 KB of them, a post each, and no write.
 */
public final class KeepaliveService {
  /**
   * How long before its end a connection is told. As its turn comes once a period, it is told once,
   * two to ten minutes before.
   */
  private static final Duration LAST_WARNING = Duration.ofMinutes(2);

  private static final Duration FIRST_WARNING = LAST_WARNING.plus(Slot.PERIOD);

  /** More at once would be more sockets than a function should open. */
  private static final int MAX_PARALLEL = 200;

  private static final Patience PATIENCE = Patience.of(3);

  private final ConnectionSlots slots;
  private final Dispatcher dispatcher;
  private final FrameEncoders encoders;
  private final Clock clock;

  public KeepaliveService(
      ConnectionSlots slots, Dispatcher dispatcher, FrameEncoders encoders, Clock clock) {
    this.slots = slots;
    this.dispatcher = dispatcher;
    this.encoders = encoders;
    this.clock = clock;
  }

  /**
   * Closes the connections whose clients never said who they are, and serves those of one slot: one
   * that must have ended is forgotten, one whose token has expired is closed, one that will end
   * soon is told so, or closed if its client needs no telling, and the others are kept open.
   *
   * @param time when this minute was due: it, and not the clock, decides whose turn it is, so that
   *     a delay skips nobody
   */
  public void serve(Instant time) {
    Instant now = clock.instant();
    for (Opening opening : slots.openings()) {
      if (opening.isOverdue(now)) {
        dispatcher.abandon(opening);
      }
    }
    Map<Connection, String> frames = new LinkedHashMap<>();
    for (Connection connection : slots.in(Slot.at(time))) {
      if (connection.isOutlived(now)) {
        dispatcher.forget(connection);
      } else if (!connection.isAuthorized(now) || isToGiveWay(connection, now)) {
        dispatcher.drop(connection);
      } else {
        frame(connection, now, Slot.round(time)).ifPresent(frame -> frames.put(connection, frame));
      }
    }
    List<Connection> served = List.copyOf(frames.keySet());
    Invocation.current().count(Measure.PINGS, served.size());
    for (int start = 0; start < served.size(); start += MAX_PARALLEL) {
      // What is not reached has lost its turn: API Gateway closes it if it stays idle.
      var _ =
          dispatcher.dispatch(
              served.subList(start, Math.min(start + MAX_PARALLEL, served.size())),
              connection -> frames.getOrDefault(connection, ""),
              PATIENCE);
    }
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
