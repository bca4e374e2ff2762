package parley.search;

import java.util.List;
import parley.message.Message;
import parley.platform.ChatException;
import parley.user.UserId;

/**
 * Searching in one's own conversations, in whatever language: by words from their beginning,
 * without case and accents, and in scripts without spaces by what stands together.
 */
public final class SearchService {
  private final SearchRepository messages;

  public SearchService(SearchRepository messages) {
    this.messages = messages;
  }

  /**
   * A page of messages, the best fitting first.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; INVALID_CURSOR for a message that this search
   *     does not find
   */
  public List<Message> find(UserId me, Search search) {
    return messages.page(me, search);
  }
}
