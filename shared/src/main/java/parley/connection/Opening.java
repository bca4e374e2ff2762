package parley.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * A connection whose client has not said yet who it is.
 *
 * @param origin where it comes from: a bounded number of one origin stand at once
 * @param connectedAt when $connect was asked
 */
public record Opening(ConnectionId id, Origin origin, Instant connectedAt) {
  /**
   * How long the client may take to say it: as long as Socket.IO's own server waits for a CONNECT
   * packet (its option connectTimeout).
   */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Whether a 410 may mean that $connect has not returned yet, rather than "gone". */
  public boolean mayBeConnecting(Instant now) {
    return now.isBefore(connectedAt.plus(Connection.CONNECTING));
  }

  /** Whether the client has had its time. */
  public boolean isOverdue(Instant now) {
    return !now.isBefore(connectedAt.plus(PATIENCE));
  }
}
