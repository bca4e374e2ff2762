package parley.message;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.delivery.Broadcaster;
import parley.message.MessageRepository.Stored;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.user.UserId;

/** Sending messages and reading the history. */
public final class MessageService {
  /** How many messages a page of history has unless the client says otherwise. */
  public static final int DEFAULT_PAGE = 20;

  public static final int MAX_PAGE = 100;

  private final MessageRepository messages;
  private final Broadcaster broadcaster;
  private final Ids ids;

  public MessageService(MessageRepository messages, Broadcaster broadcaster, Ids ids) {
    this.messages = messages;
    this.broadcaster = broadcaster;
    this.ids = ids;
  }

  /**
   * Stores a message and hands it to every connection of every participant, the sender's own
   * included. When this returns it is stored and on its way to all of them: one Data API call and
   * one DynamoDB read. Sent again under the same client id it gives the first result and is
   * delivered again.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND unless the sender takes part; BLOCKED_BY_YOU in
   *     the conversation with somebody whom they block; CLIENT_ID_REUSED if that client id stands
   *     for another message
   */
  public SentMessage send(UserId sender, Draft draft) {
    Stored stored = messages.store(new MessageId(ids.next()), sender, draft);
    Message message = stored.message();
    if (!message.content().equals(draft.content())
        || !message.conversationId().equals(draft.conversationId())) {
      throw new ChatException(
          ErrorCode.CLIENT_ID_REUSED, "this clientId stands for another message of yours");
    }
    Invocation.current().count(Measure.SENDS, 1);
    SentMessage sent = SentMessage.of(message);
    broadcaster.send(stored.audience(), sent);
    return sent;
  }

  /**
   * A page of a conversation's messages, newest first. A page never changes under writes, because
   * it goes by seq and messages are only added at the newer end.
   *
   * @param before only messages older than this one
   * @throws ChatException VALIDATION_FAILED for a limit that is not 1 to {@value #MAX_PAGE};
   *     CONVERSATION_NOT_FOUND unless the reader takes part; INVALID_CURSOR
   */
  public List<Message> history(
      UserId reader, ConversationId conversation, Optional<MessageId> before, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw ChatException.invalid("limit must be 1 to " + MAX_PAGE);
    }
    return messages.page(reader, conversation, before, limit);
  }
}
