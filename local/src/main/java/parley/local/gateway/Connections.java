package parley.local.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.core.CloseStatus;

/** The connections of a WebSocket API: those that take posts, and those that are closing. */
final class Connections {
  static final Duration MAXIMUM_IDLE = Duration.ofMinutes(10);
  static final Duration MAXIMUM_LIFETIME = Duration.ofHours(2);

  private final Clock clock;
  private final ConcurrentHashMap<String, SocketConnection> open = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, SocketConnection> closing = new ConcurrentHashMap<>();

  Connections(Clock clock) {
    this.clock = clock;
  }

  void add(SocketConnection connection) {
    open.put(connection.caller().connectionId(), connection);
  }

  /** A connection that takes posts: its $connect has returned and it has not begun to close. */
  Optional<SocketConnection> find(String connectionId) {
    return Optional.ofNullable(open.get(connectionId));
  }

  void startClosing(SocketConnection connection) {
    closing.put(connection.caller().connectionId(), connection);
    open.remove(connection.caller().connectionId());
  }

  void remove(SocketConnection connection) {
    open.remove(connection.caller().connectionId());
    closing.remove(connection.caller().connectionId());
  }

  boolean isEmpty() {
    return open.isEmpty() && closing.isEmpty();
  }

  /** Closes what is idle or too old, and cuts what does not answer its close frame. */
  void sweep() {
    Instant now = clock.instant();
    for (SocketConnection connection : List.copyOf(open.values())) {
      boolean idle = !connection.lastActiveAt().plus(MAXIMUM_IDLE).isAfter(now);
      boolean old = !connection.caller().connectedAt().plus(MAXIMUM_LIFETIME).isAfter(now);
      if (idle || old) {
        connection.close(CloseStatus.SHUTDOWN, "Going away");
      }
    }
    closing.values().forEach(SocketConnection::abortIfOverdue);
  }

  void closeAll() {
    for (SocketConnection connection : List.copyOf(open.values())) {
      connection.close(CloseStatus.SHUTDOWN, "Going away");
    }
  }

  void abortAll() {
    List.copyOf(closing.values()).forEach(SocketConnection::abort);
  }
}
