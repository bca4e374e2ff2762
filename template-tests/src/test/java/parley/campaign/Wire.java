package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import parley.checker.Draft;
import parley.checker.Message;

/** Messages as they are on the wire. */
final class Wire {
  private Wire() {}

  static Map<String, String> draft(Draft draft) {
    return Map.of(
        "conversationId", draft.conversation(),
        "content", draft.content(),
        "clientId", draft.clientId());
  }

  static Message message(JsonNode message) {
    return new Message(
        message.path("id").asText(),
        message.path("conversationId").asText(),
        message.path("senderId").asText(),
        message.path("clientId").asText(),
        message.path("content").asText(),
        message.path("seq").asLong());
  }
}
