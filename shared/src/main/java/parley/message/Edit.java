package parley.message;

import java.util.Optional;
import parley.platform.ChatException;
import parley.platform.json.JsonObject;

/**
 * A change that somebody wants to make of a message.
 *
 * @param content the new content
 * @param mentions whom it mentions from now on, and nobody else; empty to leave that as it is
 */
public record Edit(String content, Optional<Mentions> mentions) {
  /**
   * @throws ChatException VALIDATION_FAILED for the content
   */
  public Edit {
    Draft.requireContent(content);
  }

  /**
   * Reads the fields of a request, which may have others.
   *
   * @throws ChatException VALIDATION_FAILED
   */
  public static Edit read(JsonObject json) {
    return new Edit(json.string("content"), Mentions.read(json));
  }

  @Override
  public String toString() {
    return "Edit[" + mentions + "]";
  }
}
