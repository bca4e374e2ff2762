package parley.search;

import java.util.List;
import java.util.Optional;
import parley.message.Message;
import parley.platform.ChatException;
import parley.platform.list.Page;
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
  public Page<Message> find(UserId me, Search search) {
    List<Message> found = messages.page(me, search);
    return new Page<>(
        found,
        found.size() < search.limit()
            ? Optional.empty()
            : Optional.of(found.getLast().id().value().toString()));
  }
}
