package parley.checker;

import java.util.Optional;

/**
 * A message as somebody saw it, or as it is stored.
 *
 * @param change what a system message tells of
 * @param changedAt when it was last edited, or deleted; empty if it never was
 * @param deleted whether it was deleted for everyone
 */
public record Message(
    String id,
    String conversation,
    String sender,
    String clientId,
    String content,
    long seq,
    Optional<Change.OfGroup> change,
    String changedAt,
    boolean deleted) {
  /** A message that somebody wrote. */
  public Message(
      String id, String conversation, String sender, String clientId, String content, long seq) {
    this(id, conversation, sender, clientId, content, seq, Optional.empty(), "", false);
  }

  /** What its sender wanted, if nobody has changed it since. */
  Draft draft() {
    return new Draft(sender, conversation, clientId, content);
  }

  /** Whether somebody wrote it, so that it is no system message. */
  boolean isWritten() {
    return change.isEmpty();
  }

  /** Whether nobody has changed it. */
  boolean isAsSent() {
    return changedAt.isEmpty() && !deleted;
  }

  /** Whether both are the same message, which may have been changed in between. */
  boolean isSameAs(Message other) {
    return as("", "", false).equals(other.as("", "", false));
  }

  /** The same message in another version. */
  Message as(String newContent, String at, boolean isDeleted) {
    return new Message(id, conversation, sender, clientId, newContent, seq, change, at, isDeleted);
  }

  /** Whether this version is to be kept, and not the other one. */
  boolean isNewerThan(Message other) {
    return deleted != other.deleted ? deleted : changedAt.compareTo(other.changedAt) > 0;
  }

  @Override
  public String toString() {
    return "%s, seq %d of %s by %s as %s%s"
        .formatted(
            id,
            seq,
            conversation,
            sender,
            change.isEmpty() ? clientId : change.get(),
            isAsSent() ? "" : " (changed at " + changedAt + (deleted ? ", deleted)" : ")"));
  }
}
