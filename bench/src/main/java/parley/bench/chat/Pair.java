package parley.bench.chat;

/**
 * Two users with a conversation.
 *
 * @param senderToken what the one who writes connects with
 * @param receiverToken what the other one connects with
 */
record Pair(String conversation, String senderToken, String receiverToken) {}
