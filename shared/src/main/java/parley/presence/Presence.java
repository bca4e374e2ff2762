package parley.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import parley.connection.PresenceTable.State;
import parley.delivery.ServerEvent;
import parley.user.UserId;

/**
 * Whether a friend is online, as the reader may see it, and the event that tells of a change.
 *
 * @param lastSeen when the friend's last connection ended; null while online, and if nobody is told
 * @param version of two about the same friend the one with the higher version is right
 */
public record Presence(UserId userId, boolean online, @Nullable Instant lastSeen, long version)
    implements ServerEvent {
  @Override
  public String name() {
    return "presence";
  }

  static Presence of(UserId user, State state) {
    return new Presence(user, state.online(), state.lastSeen().orElse(null), state.version());
  }

  /**
   * How somebody looks who does not show themselves. The version is the time, which no version that
   * was told before is ahead of: a real one would count how often the hidden user comes and goes.
   *
   * @param asOf when they were hidden, read before it was found out that they are
   */
  static Presence hidden(UserId user, Instant asOf) {
    return new Presence(user, false, null, asOf.toEpochMilli());
  }
}
