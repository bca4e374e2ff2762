package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.checker.Change;
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
        message.path("seq").asLong(),
        message.has("change")
            ? Optional.of(
                change(
                    message.path("senderId").asText(),
                    message.path("conversationId").asText(),
                    message.path("change")))
            : Optional.empty(),
        message.path(message.has("deletedAt") ? "deletedAt" : "editedAt").asText(),
        message.has("deletedAt"));
  }

  /** What a system message tells of. */
  static Change.OfGroup change(String by, String group, JsonNode change) {
    List<String> users = change.path("userIds").valueStream().map(JsonNode::asText).toList();
    String type = change.path("type").asText();
    return switch (type) {
      case "GROUP_CREATED" -> new Change.Create(by, group, Set.copyOf(users));
      case "MEMBERS_ADDED" -> new Change.Add(by, group, users.getFirst());
      case "MEMBER_REMOVED" -> new Change.Remove(by, group, users.getFirst());
      case "MEMBER_LEFT" -> new Change.Remove(by, group, by);
      case "MEMBER_JOINED" -> new Change.Join(by, group);
      case "ROLE_CHANGED" ->
          new Change.Assign(by, group, users.getFirst(), change.path("role").asText());
      case "DETAILS_CHANGED" -> new Change.ShowPast(by, group, change.path("history").asText());
      default -> throw new IllegalArgumentException("nobody makes such a change here: " + type);
    };
  }

  /** A block, or its end, as who blocks is told of it; nothing for other events. */
  static Optional<Change> block(String user, Dialect.Frame.Event event) {
    return switch (event.name()) {
      case "user:blocked" ->
          Optional.of(new Change.Block(user, event.data().at("/user/id").asText()));
      case "user:unblocked" ->
          Optional.of(new Change.Unblock(user, event.data().path("userId").asText()));
      default -> Optional.empty();
    };
  }
}
