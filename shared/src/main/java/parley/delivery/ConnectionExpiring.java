package parley.delivery;

import java.time.Instant;

/**
 * A connection will be closed soon, so that the client may open the next one before.
 *
 * @param closesAt when it ends at the latest
 */
public record ConnectionExpiring(Instant closesAt) implements ServerEvent {
  @Override
  public String name() {
    return "connection:expiring";
  }
}
