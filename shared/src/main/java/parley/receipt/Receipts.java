package parley.receipt;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;

/** How far the participants of a conversation are, as one of them may see it: each, or how many. */
public record Receipts(
    ConversationId conversationId, Optional<List<Receipt>> receipts, Optional<Counts> counts) {
  static Receipts of(ConversationId conversation, List<Receipt> receipts) {
    return new Receipts(conversation, Optional.of(receipts), Optional.empty());
  }

  static Receipts of(ConversationId conversation, Counts counts) {
    return new Receipts(conversation, Optional.empty(), Optional.of(counts));
  }

  /**
   * How many others are so far.
   *
   * @param read empty if one keeps one's own reading to oneself
   */
  public record Counts(long seq, long delivered, Optional<Long> read) {}
}
