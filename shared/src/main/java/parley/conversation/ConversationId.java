package parley.conversation;

import java.util.UUID;

/** The id of a conversation. */
public record ConversationId(UUID value) {}
