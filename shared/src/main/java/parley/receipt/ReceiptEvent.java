package parley.receipt;

import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;
import parley.user.UserId;

/** What the others, and one's own devices, are told of how far somebody is. */
public sealed interface ReceiptEvent extends ServerEvent {
  /** Somebody has received everything up to here. */
  record Delivered(ConversationId conversationId, UserId userId, long seq) implements ReceiptEvent {
    @Override
    public String name() {
      return "message:delivered";
    }
  }

  /** Somebody has read, and so received, everything up to here. */
  record Read(ConversationId conversationId, UserId userId, long seq) implements ReceiptEvent {
    @Override
    public String name() {
      return "message:read";
    }
  }
}
