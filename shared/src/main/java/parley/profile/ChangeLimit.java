package parley.profile;

import java.util.function.Supplier;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.SqlException;

/**
 * How often a user changes their profile and settings. Each change is told to everybody who sees
 * the user, so it is bounded. The database holds the limit: what would break it is rolled back
 * whole.
 */
final class ChangeLimit {
  /**
   * How many changes a user makes in a day at most: the constraint on {@code users}. The day begins
   * with the first of them.
   */
  private static final int CHANGES_IN_A_DAY = 100;

  private ChangeLimit() {}

  /**
   * Assignments of an update of {@code users} that count it, if this condition holds.
   *
   * @param changes an expression over the row as it was
   */
  static String counted(String changes) {
    return """
        changes_since = case when not (%1$s) or changes_since > now() - interval '1 day'
          then changes_since else now() end,
        changes = case when not (%1$s) then changes
          when changes_since > now() - interval '1 day' then changes + 1 else 1 end
        """
        .formatted(changes);
  }

  /**
   * Runs such an update.
   *
   * @throws ChatException TOO_MANY_CHANGES_TODAY
   */
  static <T> T hold(Supplier<T> update) {
    try {
      return update.get();
    } catch (SqlException e) {
      if (e.violatesCheck("users_changes_in_a_day")) {
        throw new ChatException(
            ErrorCode.TOO_MANY_CHANGES_TODAY,
            "in a day a user changes their profile and settings "
                + CHANGES_IN_A_DAY
                + " times at most",
            e);
      }
      throw e;
    }
  }
}
