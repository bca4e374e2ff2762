package parley.message;

import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.json.JsonObject;

/** A message that somebody wants to send. */
public record Draft(ConversationId conversationId, String content, Optional<ClientId> clientId) {
  public static final int MAX_CONTENT = 4_000;

  /**
   * @throws ChatException VALIDATION_FAILED for a content that is blank or longer than {@value
   *     #MAX_CONTENT} characters
   */
  public Draft {
    Text.require("content", content, 1, MAX_CONTENT);
  }

  /** Reads what a client sent, over HTTP or a socket. */
  public static Draft read(JsonObject json) {
    json.only("conversationId", "content", "clientId");
    return new Draft(
        new ConversationId(Ids.parse("conversationId", json.string("conversationId"))),
        json.string("content"),
        json.optionalString("clientId").map(ClientId::new));
  }

  @Override
  public String toString() {
    return "Draft[to " + conversationId + "]";
  }
}
