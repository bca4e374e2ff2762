package parley.search;

import parley.message.Message;
import parley.platform.ChatException;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.user.UserId;

/**
 * Searches the user's own conversations, in any language: by words from their beginning, without
 * case and accents, and in scripts without spaces by the characters that stand together.
 */
public final class SearchService {
  private final SearchRepository messages;

  public SearchService(SearchRepository messages) {
    this.messages = messages;
  }

  /**
   * A page of the matches: if the search has several words, first the best ones; then the others,
   * newest first. 30 on a page at most, and 20 unless the client says otherwise.
   *
   * @throws ChatException CONVERSATION_NOT_FOUND; INVALID_CURSOR for a cursor that did not come
   *     with a page of this search
   */
  public Page<Message> find(UserId me, Search search, PageRequest page) {
    return messages.page(me, search, page);
  }
}
