package parley.checker;

import java.util.Optional;

/**
 * A message as somebody saw it, or as it is stored.
 *
 * @param change what a system message tells of
 * @param changedAt when it was last edited, or deleted; empty if it never was
 * @param deleted whether it was deleted for everyone
 * @param replyTo the id of the message that it answers, or empty; whatever else was shown of it
 * @param forwarded whether it says that it is a copy
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
    boolean deleted,
    String replyTo,
    boolean forwarded) {
  /** A message that somebody wrote, and that answers none. */
  public Message(
      String id, String conversation, String sender, String clientId, String content, long seq) {
    this(id, conversation, sender, clientId, content, seq, Optional.empty(), "", false, "", false);
  }

  /** A system message. */
  Message(String id, Change.OfGroup change, String content, long seq) {
    this(
        id,
        change.group(),
        change.by(),
        "",
        content,
        seq,
        Optional.of(change),
        "",
        false,
        "",
        false);
  }

  /** What its sender wanted, if nobody has changed it since and it is no copy. */
  Draft draft() {
    return new Draft(sender, conversation, clientId, content, replyTo, Optional.empty());
  }

  Draft.Key key() {
    return new Draft.Key(sender, clientId);
  }

  /** Whether somebody wrote it, so that it is no system message. */
  boolean isWritten() {
    return change.isEmpty();
  }

  /** Whether nobody has changed it. */
  boolean isAsSent() {
    return changedAt.isEmpty() && !deleted;
  }

  /** What never changes of it. */
  Message identity() {
    return as("", "", true);
  }

  /** Whether both are the same message, which may have been changed in between. */
  boolean isSameAs(Message other) {
    return identity().equals(other.identity());
  }

  /**
   * The same message in another version. What is deleted answers nothing, and what was changed is
   * no copy.
   */
  Message as(String newContent, String at, boolean isDeleted) {
    return new Message(
        id,
        conversation,
        sender,
        clientId,
        newContent,
        seq,
        change,
        at,
        isDeleted,
        isDeleted ? "" : replyTo,
        at.isEmpty() && !isDeleted && forwarded);
  }

  /** The same message as an answer to another one. */
  Message answering(String other) {
    return new Message(
        id, conversation, sender, clientId, content, seq, change, changedAt, deleted, other, false);
  }

  /** The same message as a copy. */
  Message asCopy() {
    return new Message(
        id, conversation, sender, clientId, content, seq, change, changedAt, deleted, "", true);
  }

  /** Whether this version is to be kept, and not the other one. */
  boolean isNewerThan(Message other) {
    return deleted != other.deleted ? deleted : changedAt.compareTo(other.changedAt) > 0;
  }

  @Override
  public String toString() {
    return "%s, seq %d of %s by %s as %s%s%s%s"
        .formatted(
            id,
            seq,
            conversation,
            sender,
            change.isEmpty() ? clientId : change.get(),
            replyTo.isEmpty() ? "" : " to " + replyTo,
            forwarded ? ", a copy" : "",
            isAsSent() ? "" : " (changed at " + changedAt + (deleted ? ", deleted)" : ")"));
  }
}
