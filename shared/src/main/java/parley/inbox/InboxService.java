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
import parley.user.UserId;

/** What participants change for themselves alone. Their own devices are told, and nobody else. */
public final class InboxService {
  private final InboxRepository inbox;
  private final ConversationRepository conversations;
  private final Broadcaster broadcaster;
  private final Clock clock;

  public InboxService(
      InboxRepository inbox,
      ConversationRepository conversations,
      Broadcaster broadcaster,
      Clock clock) {
    this.inbox = inbox;
    this.conversations = conversations;
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
   * Clears the history for {@code me}: what there is now they do not see any more, the others do.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Conversation clear(UserId me, ConversationId id) {
    return tell(me, id, inbox.clear(me, id));
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
