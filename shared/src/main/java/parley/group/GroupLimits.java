package parley.group;

import java.util.function.Supplier;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.SqlException;

/**
 * How many groups somebody is in, makes, and adds another to. The database holds the limits: what
 * would break one is rolled back whole.
 */
final class GroupLimits {
  /** How many groups a user is in at most: the trigger of this name on {@code participants}. */
  static final int GROUPS_OF_A_USER = 1_000;

  /**
   * How many groups a user makes in a day at most, and to how many they add the same user: the
   * constraint on {@code group_additions}. The day begins with the first of them.
   */
  static final int ADDITIONS_IN_A_DAY = 50;

  /**
   * Counts that {@code :me} seats the rows {@code seated (user_id)}, themselves among them if they
   * make the group. It follows these rows, and binds {@code :now}.
   */
  static final String COUNTED =
      """
      , counted as (
        insert into group_additions (adder_id, added_id, since, count)
        select :me, user_id, :now, 1 from seated order by user_id
        on conflict (adder_id, added_id) do update
        set since = case when group_additions.since > excluded.since - interval '1 day'
            then group_additions.since else excluded.since end,
          count = case when group_additions.since > excluded.since - interval '1 day'
            then group_additions.count + 1 else 1 end
      )
      """;

  private GroupLimits() {}

  /**
   * Runs what seats people in a group.
   *
   * @throws ChatException TOO_MANY_GROUPS; TOO_MANY_GROUPS_TODAY
   */
  static <T> T hold(Supplier<T> seating) {
    try {
      return seating.get();
    } catch (SqlException e) {
      if (e.violatesCheck("participants_groups_of_a_user")) {
        throw new ChatException(
            ErrorCode.TOO_MANY_GROUPS, "a user is in " + GROUPS_OF_A_USER + " groups at most", e);
      }
      if (e.violatesCheck("group_additions_in_a_day")) {
        throw new ChatException(
            ErrorCode.TOO_MANY_GROUPS_TODAY,
            "in a day a user makes "
                + ADDITIONS_IN_A_DAY
                + " groups at most, and adds the same user to as many",
            e);
      }
      throw e;
    }
  }
}
