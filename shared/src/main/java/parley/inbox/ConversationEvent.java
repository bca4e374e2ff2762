package parley.inbox;

import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;

/** What clients are told of their conversations besides messages. */
public sealed interface ConversationEvent extends ServerEvent {
  /**
   * A conversation is new for this user, or looks different for them alone: they were added to it,
   * or changed on another device how they keep it.
   */
  record Updated(Conversation conversation) implements ConversationEvent {
    @Override
    public String name() {
      return "conversation:updated";
    }

    @Override
    public Object data() {
      return conversation;
    }
  }

  /** This user takes part in a conversation no more: they left it or were removed from it. */
  record Removed(ConversationId conversationId) implements ConversationEvent {
    @Override
    public String name() {
      return "conversation:removed";
    }
  }
}
