package parley.connection;

import java.time.Duration;
import java.time.Instant;
import parley.user.UserId;

/**
 * A live connection: all that a send needs to know of it.
 *
 * @param connectedAt when $connect was asked
 * @param authorizedUntil when the token that opened it expires
 * @param ready whether it may be sent to: a Socket.IO client garbles what comes before the answer
 *     to its CONNECT packet
 */
public record Connection(
    ConnectionId id,
    UserId userId,
    Protocol protocol,
    Instant connectedAt,
    Instant authorizedUntil,
    boolean ready) {
  /** API Gateway closes a WebSocket connection after two hours. */
  public static final Duration MAX_LIFETIME = Duration.ofHours(2);

  /**
   * For how long a post may be answered 410 because $connect has not returned yet; its integration
   * may take 29 s.
   */
  static final Duration CONNECTING = Duration.ofSeconds(30);

  /** Whether its token still stands for the user. */
  public boolean isAuthorized(Instant now) {
    return now.isBefore(authorizedUntil);
  }

  /**
   * Whether a 410 may mean "not yet" rather than "gone". A Socket.IO connection has no user before
   * its client has sent a frame, so it is known to have opened.
   */
  public boolean mayBeConnecting(Instant now) {
    return protocol == Protocol.PLAIN && now.isBefore(connectedAt.plus(CONNECTING));
  }

  /** Whether it may be sent to, now or soon; what nobody made ready by then never will be. */
  public boolean mayBecomeReady(Instant now) {
    return ready || now.isBefore(connectedAt.plus(Opening.PATIENCE).plus(CONNECTING));
  }

  /** When it ends at the latest: with its token, or with API Gateway's patience. */
  public Instant closesAt() {
    Instant lifetime = connectedAt.plus(MAX_LIFETIME);
    return authorizedUntil.isBefore(lifetime) ? authorizedUntil : lifetime;
  }

  /** Whether API Gateway must have closed it, though nobody said so. */
  public boolean isOutlived(Instant now) {
    return now.isAfter(connectedAt.plus(MAX_LIFETIME).plus(CONNECTING));
  }
}
