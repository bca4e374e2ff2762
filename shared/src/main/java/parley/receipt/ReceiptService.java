package parley.receipt;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.delivery.Broadcaster;
import parley.platform.ChatException;
import parley.receipt.ReceiptRepository.Grown;
import parley.user.UserId;

/** Saying how far one is, and seeing how far others are. */
public final class ReceiptService {
  private final ReceiptRepository receipts;
  private final Broadcaster broadcaster;

  public ReceiptService(ReceiptRepository receipts, Broadcaster broadcaster) {
    this.receipts = receipts;
    this.broadcaster = broadcaster;
  }

  /**
   * Moves one's receipt of a conversation forward, and tells who may know of it if it has moved.
   * What was reached before changes nothing. One Data API call and, if it moved, one DynamoDB read;
   * a second one if some are told that it was read and others only that it was delivered.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; SEQ_OUT_OF_RANGE past the last message
   */
  public OwnReceipt move(UserId me, Progress progress) {
    return move(me, List.of(progress)).stream()
        .findFirst()
        .orElseThrow(ConversationRepository::notFound);
  }

  /**
   * Moves one's receipt of a conversation forward to its last message, as {@link #move(UserId,
   * Progress)} does.
   *
   * @return how many take part in the conversation
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public long readAll(UserId me, ConversationId conversation) {
    return grow(me, List.of(Progress.readAll(conversation))).stream()
        .findFirst()
        .orElseThrow(ConversationRepository::notFound)
        .participants();
  }

  /**
   * Moves one's receipts of several conversations forward, in one Data API call: what a client does
   * after it has caught up.
   *
   * @return the receipt of each of the conversations that is there for {@code me}; of one that they
   *     have left meanwhile there is nothing to say
   * @throws ChatException SEQ_OUT_OF_RANGE past the last message of one; then none has moved
   */
  public List<OwnReceipt> move(UserId me, List<Progress> progress) {
    return grow(me, progress).stream().map(Grown::receipt).toList();
  }

  private List<Grown> grow(UserId me, List<Progress> progress) {
    List<Grown> grown = receipts.move(me, progress);
    grown.forEach(moved -> tell(me, moved));
    return grown;
  }

  /**
   * How far the participants of a conversation are: each up to 50 of them, else how many of the
   * others have received and read the last message.
   *
   * @param seq how many have received and read this one, in whatever conversation
   * @throws ChatException VALIDATION_FAILED for a negative seq; CONVERSATION_NOT_FOUND;
   *     SEQ_OUT_OF_RANGE past the last message
   */
  public Receipts read(UserId me, ConversationId conversation, Optional<Long> seq) {
    if (seq.filter(value -> value < 0).isPresent()) {
      throw ChatException.invalid("seq must not be negative");
    }
    return receipts.read(me, conversation, seq);
  }

  private void tell(UserId me, Grown grown) {
    OwnReceipt receipt = grown.receipt();
    ConversationId conversation = receipt.conversationId();
    if (!grown.readBy().isEmpty()) {
      broadcaster.tell(grown.readBy(), new ReceiptEvent.Read(conversation, me, receipt.readSeq()));
    }
    if (!grown.deliveredTo().isEmpty()) {
      broadcaster.tell(
          grown.deliveredTo(),
          new ReceiptEvent.Delivered(conversation, me, receipt.deliveredSeq()));
    }
  }
}
