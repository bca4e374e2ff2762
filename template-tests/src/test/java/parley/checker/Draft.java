package parley.checker;

/** A message that a client wants to send; it may try more than once. */
public record Draft(String sender, String conversation, String clientId, String content) {
  /** What tells a message from others of the same sender. */
  Key key() {
    return new Key(sender, clientId);
  }

  /** A sender's name for one of their messages. */
  record Key(String sender, String clientId) {}
}
