package parley.conversation;

import java.time.Instant;

/** What a list of conversations shows of the newest message. */
public record ConversationSummary(ConversationId id, String lastMessage, Instant lastMessageAt) {}
