package parley.message;

import java.util.Optional;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.delivery.Broadcaster;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.user.UserId;

/**
 * Messages that disappear. From its time on nobody is shown such a message, and it is removed for
 * good with the next message of its conversation, or at night.
 */
public final class DisappearingService {
  private static final long MIN_SECONDS = 3_600;
  private static final long MAX_SECONDS = 7_776_000;

  private final DisappearingRepository disappearing;
  private final ConversationRepository conversations;
  private final Broadcaster broadcaster;
  private final Ids ids;

  public DisappearingService(
      DisappearingRepository disappearing,
      ConversationRepository conversations,
      Broadcaster broadcaster,
      Ids ids) {
    this.disappearing = disappearing;
    this.conversations = conversations;
    this.broadcaster = broadcaster;
    this.ids = ids;
  }

  /**
   * Sets after how many seconds messages disappear that are sent from now on; a system message
   * tells all participants.
   *
   * @param seconds an hour to 90 days, empty for messages that stay
   * @throws ChatException VALIDATION_FAILED; CONVERSATION_NOT_FOUND; ROLE_REQUIRED for a member of
   *     a group who is no admin
   */
  public Conversation set(UserId me, ConversationId conversation, Optional<Long> seconds) {
    if (seconds.filter(value -> value < MIN_SECONDS || value > MAX_SECONDS).isPresent()) {
      throw ChatException.invalid("seconds must be " + MIN_SECONDS + " to " + MAX_SECONDS);
    }
    disappearing
        .set(conversation, new MessageId(ids.next()), me, seconds)
        .ifPresent(told -> broadcaster.send(told.audience(), SentMessage.of(told.message())));
    return conversations.get(me, conversation);
  }

  /**
   * Removes for good what has disappeared.
   *
   * @return how many messages
   */
  public long remove() {
    return disappearing.remove();
  }
}
