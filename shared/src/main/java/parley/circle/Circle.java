package parley.circle;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import parley.user.UserId;

/**
 * Who stands how to a user.
 *
 * @param shownTo the friends who may see whether the user is online; nobody if that is their
 *     setting
 * @param hidden who blocks the user and whom the user blocks
 */
public record Circle(Set<UserId> shownTo, Set<UserId> hidden) {
  /** How old a copy may become before it is made anew. */
  public static final Duration MAX_AGE = Duration.ofHours(24);

  /**
   * The same for a copy that was made so soon after a drop: perhaps before the change that the drop
   * was for, whose second drop may never come. No function lives longer than 29 s, and no statement
   * of the Data API longer than 45 s.
   */
  static final Duration SETTLING = Duration.ofMinutes(2);

  /**
   * More than so many of either a copy does not hold, as DynamoDB takes 400 KB an item. Presence is
   * shown to the friends of the lowest ids then; who has more blocks is hidden from everybody.
   */
  static final int MOST = 4_000;

  /**
   * The circle of a user with these friends, some of whom may be among {@code hidden}.
   *
   * @param friends who may see whether the user is online unless one of the two blocks the other
   */
  static Circle of(Set<UserId> friends, Set<UserId> hidden) {
    if (hidden.size() >= MOST) {
      return new Circle(Set.of(), hidden);
    }
    Set<UserId> shownTo = new HashSet<>(friends);
    shownTo.removeAll(hidden);
    return new Circle(Set.copyOf(shownTo), hidden);
  }

  /** Whether typing may pass between the user and this one. */
  public boolean admits(UserId other) {
    return hidden.size() < MOST && !hidden.contains(other);
  }
}
