package parley.checker;

import java.util.Set;

/**
 * A change of a group, of a message, of what one user sees, or of what they let another one do. Of
 * a group's each is told by a system message.
 */
public sealed interface Change {
  /** Who makes it. */
  String by();

  /** A change of a group. */
  sealed interface OfGroup extends Change {
    String group();
  }

  /** A group is made, with these members besides its owner. */
  record Create(String by, String group, Set<String> members) implements OfGroup {}

  record Add(String by, String group, String member) implements OfGroup {}

  /** A member is removed, or leaves, if it is who makes the change. */
  record Remove(String by, String group, String member) implements OfGroup {
    boolean isLeaving() {
      return by.equals(member);
    }
  }

  /** Somebody comes in by an invite. */
  record Join(String by, String group) implements OfGroup {}

  record Assign(String by, String group, String member, String role) implements OfGroup {}

  /** What newcomers see of the past: ALL, or nothing (JOINED). */
  record ShowPast(String by, String group, String history) implements OfGroup {}

  /**
   * New messages disappear after so many seconds, 0 for never. It may be a change of a conversation
   * of two, too.
   */
  record Time(String by, String group, long seconds) implements OfGroup {}

  /** All that there is of a conversation is gone for who wants it so, and for nobody else. */
  record Clear(String by, String conversation) implements Change {}

  /** A user takes another name. */
  record Rename(String by, String name) implements Change {}

  record Block(String by, String other) implements Change {}

  record Unblock(String by, String other) implements Change {}

  /** A change of one message, which no other message tells of. */
  sealed interface OfMessage extends Change {
    String message();
  }

  record Edit(String by, String message, String content) implements OfMessage {}

  /** A message is deleted for everyone. */
  record Delete(String by, String message) implements OfMessage {}

  /** A message is deleted for who wants it so, and for nobody else. */
  record Hide(String by, String message) implements OfMessage {}
}
