package parley.conversation;

import org.jspecify.annotations.Nullable;
import parley.platform.sql.Row;

/**
 * What a group has that a conversation of two has not.
 *
 * @param picture a reference to its picture, null if there is none
 * @param role that of who reads this
 */
public record Group(
    String title, @Nullable String picture, long memberCount, Role role, History history) {
  static Group from(Row row) {
    return new Group(
        row.string("title"),
        row.optionalString("picture").orElse(null),
        row.integer("member_count"),
        Role.valueOf(row.string("role")),
        History.valueOf(row.string("history")));
  }
}
