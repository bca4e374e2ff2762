package parley.message;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.conversation.ConversationSummary;
import parley.delivery.ServerEvent;

/** What clients are told of messages that are there already. */
public sealed interface MessageEvent extends ServerEvent {
  /**
   * A message was edited, or deleted for everyone. A client that does not have it drops this.
   *
   * @param conversation what this changed in the list of conversations, if it is the newest message
   *     that the receiver sees
   */
  record Updated(Message message, Optional<ConversationSummary> conversation)
      implements MessageEvent {
    @Override
    public String name() {
      return "message:updated";
    }
  }

  /** This user deleted a message for themselves. */
  record Hidden(MessageId messageId, ConversationId conversationId) implements MessageEvent {
    @Override
    public String name() {
      return "message:hidden";
    }
  }
}
