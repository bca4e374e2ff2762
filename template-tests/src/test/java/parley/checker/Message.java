package parley.checker;

import java.util.Optional;

/**
 * A message as somebody saw it, or as it is stored.
 *
 * @param change what a system message tells of
 */
public record Message(
    String id,
    String conversation,
    String sender,
    String clientId,
    String content,
    long seq,
    Optional<Change.OfGroup> change) {
  /** A message that somebody wrote. */
  public Message(
      String id, String conversation, String sender, String clientId, String content, long seq) {
    this(id, conversation, sender, clientId, content, seq, Optional.empty());
  }

  /** What its sender wanted. */
  Draft draft() {
    return new Draft(sender, conversation, clientId, content);
  }

  /** Whether somebody wrote it, so that it is no system message. */
  boolean isWritten() {
    return change.isEmpty();
  }

  @Override
  public String toString() {
    return "%s, seq %d of %s by %s as %s"
        .formatted(id, seq, conversation, sender, change.isEmpty() ? clientId : change.get());
  }
}
