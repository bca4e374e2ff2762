package parley.conversation;

import java.time.Clock;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.UserId;

/** Opening conversations and listing them. */
public final class ConversationService {
  private final ConversationRepository conversations;
  private final Ids ids;
  private final Clock clock;

  public ConversationService(ConversationRepository conversations, Ids ids, Clock clock) {
    this.conversations = conversations;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * The conversation of two friends, made if there is none.
   *
   * @throws ChatException VALIDATION_FAILED for oneself; BLOCKED_BY_YOU; NOT_FRIENDS, also for a
   *     user that does not exist
   */
  public Conversation open(UserId me, UserId other) {
    if (me.equals(other)) {
      throw ChatException.invalid("a conversation with oneself is not possible");
    }
    ConversationId id =
        conversations
            .createOrGet(new ConversationId(ids.next()), me, other, clock.instant())
            .orElseThrow(() -> refusal(conversations.blocks(me, other)));
    return get(me, id);
  }

  /**
   * A conversation as {@code me} sees it.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND
   */
  public Conversation get(UserId me, ConversationId id) {
    return conversations.get(me, id);
  }

  private static ChatException refusal(boolean blocks) {
    return blocks
        ? ChatException.blockedByYou()
        : new ChatException(ErrorCode.NOT_FRIENDS, "a conversation takes two who are friends");
  }

  /** The conversations of {@code me}, the newest activity first, 100 on a page at most. */
  public Page<Conversation> list(UserId me, PageRequest page) {
    return conversations.list(me, page);
  }
}
