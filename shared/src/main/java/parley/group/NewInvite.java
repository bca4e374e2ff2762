package parley.group;

import java.time.Duration;
import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;

/**
 * An invite that an admin wants to make.
 *
 * @param life from now until it expires, an hour to 30 days
 * @param maxUses how many may join by it, 1 to 1,000; empty for as many as the group takes
 */
public record NewInvite(Duration life, Optional<Long> maxUses) {
  private static final Duration DEFAULT_LIFE = Duration.ofDays(7);
  private static final Duration MIN_LIFE = Duration.ofHours(1);
  private static final Duration MAX_LIFE = Duration.ofDays(30);

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public NewInvite {
    if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
      throw ChatException.invalid(
          "expiresInSeconds must be " + MIN_LIFE.toSeconds() + " to " + MAX_LIFE.toSeconds());
    }
    if (maxUses.filter(uses -> uses < 1 || uses > GroupService.MAX_MEMBERS).isPresent()) {
      throw ChatException.invalid("maxUses must be 1 to " + GroupService.MAX_MEMBERS);
    }
  }

  /** Reads what a client sent. */
  public static NewInvite read(JsonObject json) {
    json.only("expiresInSeconds", "maxUses");
    return new NewInvite(
        json.optionalInteger("expiresInSeconds").map(NewInvite::seconds).orElse(DEFAULT_LIFE),
        json.optionalInteger("maxUses"));
  }

  /** A duration that cannot overflow; what is out of bounds stays so. */
  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, MAX_LIFE.toSeconds() + 1));
  }
}
