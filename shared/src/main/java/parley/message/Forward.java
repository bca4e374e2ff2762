package parley.message;

import java.util.List;
import java.util.Optional;
import parley.conversation.ConversationId;
import parley.platform.ChatException;
import parley.platform.Ids;
import parley.platform.json.JsonObject;

/**
 * Where somebody wants a copy of a message.
 *
 * @param conversationIds 1 to {@value #MAX_CONVERSATIONS}, each once
 * @param clientId makes a repeated request harmless: each copy has it, a hyphen and the
 *     conversation's id as its client id
 */
public record Forward(List<ConversationId> conversationIds, Optional<String> clientId) {
  public static final int MAX_CONVERSATIONS = 10;

  /** With a hyphen and an id behind it, it is as long as a {@link ClientId} can be. */
  private static final int MAX_CLIENT_ID = 27;

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public Forward {
    if (conversationIds.isEmpty() || conversationIds.size() > MAX_CONVERSATIONS) {
      throw ChatException.invalid("conversationIds must be 1 to " + MAX_CONVERSATIONS);
    }
    conversationIds = conversationIds.stream().distinct().toList();
    if (clientId.isPresent() && new ClientId(clientId.get()).value().length() > MAX_CLIENT_ID) {
      throw ChatException.invalid("clientId must be 1 to " + MAX_CLIENT_ID + " characters here");
    }
  }

  /** Reads the fields of a request, which may have others. */
  public static Forward read(JsonObject json) {
    return new Forward(
        json.strings("conversationIds").stream()
            .map(id -> new ConversationId(Ids.parse("conversationIds", id)))
            .toList(),
        json.optionalString("clientId"));
  }

  Optional<ClientId> clientId(ConversationId conversation) {
    return clientId.map(id -> new ClientId(id + "-" + conversation.value()));
  }
}
