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

  private static final int TRIES = 3;

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
   * soon is told so, and the others are kept open.
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
      } else if (!connection.isAuthorized(now)) {
        dispatcher.drop(connection);
      } else {
        frame(connection, now, Slot.round(time)).ifPresent(frame -> frames.put(connection, frame));
      }
    }
    List<Connection> served = List.copyOf(frames.keySet());
    for (int start = 0; start < served.size(); start += MAX_PARALLEL) {
      // What is not reached has lost its turn: API Gateway closes it if it stays idle.
      var _ =
          dispatcher.dispatch(
              served.subList(start, Math.min(start + MAX_PARALLEL, served.size())),
              connection -> frames.getOrDefault(connection, ""),
              TRIES);
    }
  }

  private Optional<String> frame(Connection connection, Instant now, long round) {
    FrameEncoder encoder = encoders.of(connection.protocol());
    Duration left = Duration.between(now, connection.closesAt());
    boolean warned = left.compareTo(LAST_WARNING) > 0 && left.compareTo(FIRST_WARNING) <= 0;
    Optional<String> warning =
        warned ? encoder.expiring(new ConnectionExpiring(connection.closesAt())) : Optional.empty();
    return warning.or(() -> encoder.keepalive(round));
  }
}
