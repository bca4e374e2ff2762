package parley.checker;

import org.jspecify.annotations.Nullable;

/**
 * The time for which somebody is in a group.
 *
 * @param from the message that tells that they came
 * @param seesPast whether they see what was there before
 * @param until the message that tells that they went; null if they are still there
 */
record Stay(String user, Message from, boolean seesPast, @Nullable Message until) {
  /** Whether what has this number was there while they were, or is a past that they see. */
  boolean shows(long seq) {
    return (seesPast || seq >= from.seq()) && (until == null || seq < until.seq());
  }

  /** Whether they were in the group when this number was given. */
  boolean covers(long seq) {
    return seq >= from.seq() && (until == null || seq < until.seq());
  }

  Stay endedBy(Message leaving) {
    return new Stay(user, from, seesPast, leaving);
  }
}
