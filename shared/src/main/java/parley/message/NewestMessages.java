package parley.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.conversation.ConversationId;

/**
 * Some of a user's conversations with the newest messages of each, the oldest of these first.
 *
 * @param hasMore whether the user may have conversations after these
 */
public record NewestMessages(Map<ConversationId, List<Message>> byConversation, boolean hasMore) {
  /** One message, or the lack of any, in one conversation. */
  record Line(ConversationId conversation, Optional<Message> message, boolean hasMore) {}

  static NewestMessages of(List<Line> lines) {
    Map<ConversationId, List<Message>> byConversation = new LinkedHashMap<>();
    for (Line line : lines) {
      List<Message> messages =
          byConversation.computeIfAbsent(line.conversation(), id -> new ArrayList<>());
      line.message().ifPresent(messages::add);
    }
    return new NewestMessages(byConversation, !lines.isEmpty() && lines.getFirst().hasMore());
  }

  /** The conversations, in the order of their ids. */
  public List<UUID> ids() {
    return byConversation.keySet().stream().map(ConversationId::value).toList();
  }
}
