package parley.inbox;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.delivery.Broadcaster;
import parley.platform.ChatException;
import parley.receipt.OwnReceipt;
import parley.receipt.Progress;
import parley.receipt.ReceiptService;
import parley.user.UserId;

/** What participants change for themselves alone. Their own devices are told, and nobody else. */
public final class InboxService {
  private final InboxRepository inbox;
  private final ConversationRepository conversations;
  private final ReceiptService receipts;
  private final Broadcaster broadcaster;
  private final Clock clock;

  public InboxService(
      InboxRepository inbox,
      ConversationRepository conversations,
      ReceiptService receipts,
      Broadcaster broadcaster,
      Clock clock) {
    this.inbox = inbox;
    this.conversations = conversations;
    this.receipts = receipts;
    this.broadcaster = broadcaster;
    this.clock = clock;
  }

  /**
   * Mutes, archives, pins or marks a conversation, or ends that.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Conversation change(UserId me, ConversationId id, SettingsChange change) {
    return tell(me, id, inbox.change(me, id, change, clock.instant()));
  }

  /**
   * Clears the history for {@code me}: what there is now they have read, which others are told as
   * ever, and do not see any more, the others do. What comes between the two steps stays.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Conversation clear(UserId me, ConversationId id) {
    OwnReceipt read = receipts.move(me, Progress.readAll(id));
    return tell(me, id, inbox.clear(me, id, read.readSeq()));
  }

  private Conversation tell(UserId me, ConversationId id, Optional<UUID> changed) {
    Conversation conversation =
        changed
            .flatMap(found -> conversations.find(me, id))
            .orElseThrow(ConversationRepository::notFound);
    broadcaster.send(Set.of(me), new ConversationEvent.Updated(conversation));
    return conversation;
  }
}
