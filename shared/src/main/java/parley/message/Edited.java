package parley.message;

import java.util.Set;
import parley.platform.sql.Row;
import parley.user.UserId;

/**
 * What became of a message that somebody wanted to edit or to delete for everyone.
 *
 * @param message as it is now
 * @param seenNewest who sees that it was changed, and nothing newer in its conversation
 * @param seen who else sees that it was changed
 */
record Edited(Verdict verdict, Message message, Set<UserId> seenNewest, Set<UserId> seen) {
  /** Named by the SQL. */
  enum Verdict {
    CHANGED,
    /** It was so already. */
    UNCHANGED,
    NOT_YOURS,
    DELETED,
    TOO_LATE,
    /** It would mention somebody in a conversation of two. */
    NO_GROUP,
    /** It would mention somebody who is not in the group. */
    NO_MEMBER
  }

  static Edited from(Row row) {
    return new Edited(
        Verdict.valueOf(row.string("verdict")),
        Message.from(row),
        UserId.set(row, "seen_newest"),
        UserId.set(row, "seen"));
  }
}
