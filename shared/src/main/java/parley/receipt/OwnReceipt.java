package parley.receipt;

import parley.conversation.ConversationId;

/** How far oneself is in a conversation. */
public record OwnReceipt(ConversationId conversationId, long deliveredSeq, long readSeq) {}
