package parley.pin;

import parley.conversation.ConversationId;
import parley.delivery.Broadcaster;
import parley.message.MessageId;
import parley.message.MessageTargetRepository;
import parley.pin.PinRepository.Outcome;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.UserId;

/**
 * Pinning messages: in a group by its admins, in a conversation of two by both. No system message
 * tells of it, only an event, so that it makes nothing unread.
 */
public final class PinService {
  private static final int MOST = 30;

  private final PinRepository pins;
  private final Broadcaster broadcaster;

  public PinService(PinRepository pins, Broadcaster broadcaster) {
    this.pins = pins;
    this.broadcaster = broadcaster;
  }

  /**
   * Pins a message; a pinned one stays so.
   *
   * @throws ChatException MESSAGE_NOT_FOUND; ROLE_REQUIRED; VALIDATION_FAILED for a system message;
   *     MESSAGE_DELETED; TOO_MANY_PINS if {@value #MOST} are pinned that anybody in the group, or
   *     of two {@code me}, sees; BLOCKED_BY_YOU in the conversation with somebody whom one blocks
   */
  public PinsChanged pin(UserId me, MessageId message) {
    return change(me, message, true);
  }

  /**
   * Takes a pin back; what is not pinned stays so.
   *
   * @throws ChatException as {@link #pin}
   */
  public void unpin(UserId me, MessageId message) {
    var _ = change(me, message, false);
  }

  private PinsChanged change(UserId me, MessageId message, boolean pinned) {
    Outcome outcome = pins.change(me, message, pinned, MOST);
    switch (outcome.verdict()) {
      case TAKEN -> {}
      case NO_ADMIN ->
          throw new ChatException(ErrorCode.ROLE_REQUIRED, "this takes an admin of the group");
      case SYSTEM -> throw ChatException.invalid("system messages are not pinned");
      case DELETED -> throw MessageTargetRepository.deleted();
      case TOO_MANY ->
          throw new ChatException(
              ErrorCode.TOO_MANY_PINS, "a conversation has " + MOST + " pinned messages at most");
    }
    PinsChanged changed = new PinsChanged(outcome.conversation(), message, me, pinned);
    if (!outcome.audience().isEmpty()) {
      broadcaster.tell(outcome.audience(), changed);
    }
    return changed;
  }

  /**
   * A conversation's pinned messages, the newest pin first, 30 on a page at most.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Page<PinnedMessage> list(UserId me, ConversationId conversation, PageRequest page) {
    return pins.list(me, conversation, page);
  }
}
