package parley.checker;

/** A message as somebody saw it, or as it is stored. */
public record Message(
    String id, String conversation, String sender, String clientId, String content, long seq) {
  /** What its sender wanted. */
  Draft draft() {
    return new Draft(sender, conversation, clientId, content);
  }

  @Override
  public String toString() {
    return "%s, seq %d of %s by %s as %s".formatted(id, seq, conversation, sender, clientId);
  }
}
