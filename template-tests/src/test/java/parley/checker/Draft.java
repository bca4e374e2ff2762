package parley.checker;

import java.util.List;
import java.util.Optional;

/**
 * A message that a client wants to send; it may try more than once.
 *
 * @param content what is written; empty for a copy, which gets what there is to be copied
 * @param replyTo the message that it answers, if any
 * @param forward the request that it is a copy for, if it is one
 */
public record Draft(
    String sender,
    String conversation,
    String clientId,
    String content,
    String replyTo,
    Optional<Forward> forward) {
  /** A message that answers none. */
  public Draft(String sender, String conversation, String clientId, String content) {
    this(sender, conversation, clientId, content, "", Optional.empty());
  }

  Draft(Forward forward, String conversation) {
    this(
        forward.sender(),
        conversation,
        forward.clientId() + "-" + conversation,
        "",
        "",
        Optional.of(forward));
  }

  /** What tells a message from others of the same sender. */
  Key key() {
    return new Key(sender, clientId);
  }

  /** All conversations that one request is about: it is for all of them or refused. */
  List<String> conversations() {
    return forward.map(Forward::conversations).orElseGet(() -> List.of(conversation));
  }

  /** Whether a message is what this is when it is stored, or may become by changes. */
  boolean gives(Message message) {
    return key().equals(message.key())
        && conversation.equals(message.conversation())
        && message.replyTo().equals(message.deleted() ? "" : replyTo)
        && message.forwarded() == (message.isAsSent() && forward.isPresent())
        && (!message.isAsSent() || forward.isPresent() || message.content().equals(content));
  }

  /** A sender's name for one of their messages. */
  record Key(String sender, String clientId) {}
}
