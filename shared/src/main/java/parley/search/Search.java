package parley.search;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Text;

/**
 * What a user searches for.
 *
 * @param text words, of which a message must have all; it is never syntax
 * @param conversation the only conversation to look into; all of the user's if empty
 */
public record Search(String text, Optional<ConversationId> conversation) {
  private static final int MAX_TEXT = 200;

  /**
   * @throws ChatException VALIDATION_FAILED for a text that is blank or has more than {@value
   *     #MAX_TEXT} characters
   */
  public Search {
    Text.requireVisible("q", text, 1, MAX_TEXT);
  }

  /** Marks the cursors of this search, so that another search refuses them. */
  UUID fingerprint() {
    String scope = conversation.map(id -> id.value().toString()).orElse("");
    return UUID.nameUUIDFromBytes((scope + " " + text).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Search[in " + conversation + "]";
  }
}
