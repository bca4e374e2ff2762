package parley.reaction;

import java.util.List;
import parley.conversation.ConversationId;
import parley.delivery.ServerEvent;
import parley.message.MessageId;
import parley.user.UserId;

/**
 * What somebody reacts to a message with now: the answer to them and, as the event {@code
 * message:reaction}, what everybody gets who sees the message.
 *
 * @param emojis all that this user reacts with, none if they have taken them back
 * @param counts what everybody reacts with, the most frequent first
 */
public record Reacted(
    ConversationId conversationId,
    MessageId messageId,
    UserId userId,
    List<String> emojis,
    List<EmojiCount> counts)
    implements ServerEvent {
  @Override
  public String name() {
    return "message:reaction";
  }
}
