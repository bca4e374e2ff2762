package parley.search;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.message.MessageId;
import parley.platform.ChatException;
import parley.platform.PageLimit;
import parley.platform.Text;

/**
 * What somebody looks for.
 *
 * @param text words, of which a message must have all; it is never syntax
 * @param conversation the only one to look into, all of one's own if empty
 * @param after the last message of the page before
 */
public record Search(
    String text, Optional<ConversationId> conversation, Optional<MessageId> after, int limit) {
  /** How many messages a page has unless the client says otherwise. */
  public static final int DEFAULT_PAGE = 20;

  /** So many of the longest messages stay under the Data API's 1 MiB. */
  private static final int MAX_PAGE = 30;

  private static final int MAX_TEXT = 200;

  /**
   * @throws ChatException VALIDATION_FAILED for a text that is blank or has more than {@value
   *     #MAX_TEXT} characters, or a limit that is not 1 to {@value #MAX_PAGE}
   */
  public Search {
    Text.require("q", text, 1, MAX_TEXT);
    PageLimit.require(limit, MAX_PAGE);
  }

  @Override
  public String toString() {
    return "Search[in " + conversation + "]";
  }
}
