package parley.group;

import java.util.List;
import java.util.Set;
import parley.connection.JoinedTable;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.delivery.Broadcaster;
import parley.inbox.ConversationEvent;
import parley.message.Message;
import parley.user.UserId;

/** What is done about those who have left a group, or were removed, once that is stored. */
public final class Departures {
  private final JoinedTable joined;
  private final ConversationRepository conversations;
  private final Broadcaster broadcaster;

  public Departures(
      JoinedTable joined, ConversationRepository conversations, Broadcaster broadcaster) {
    this.joined = joined;
    this.conversations = conversations;
    this.broadcaster = broadcaster;
  }

  /** Ends the typing that a former member is told, and that they tell. */
  void expel(ConversationId group, UserId member) {
    joined.expel(group, member);
  }

  /** Tells the devices of a former member. */
  void tell(ConversationId group, UserId member) {
    broadcaster.send(Set.of(member), new ConversationEvent.Removed(group));
  }

  /**
   * Finishes what was left of a departure, if this message tells of one. Who has come back by now
   * stays; they may have to join once more if they came back just now.
   */
  public void finish(Message message) {
    ConversationId group = message.conversationId();
    for (UserId member : departed(message)) {
      if (conversations.find(member, group).isEmpty()) {
        expel(group, member);
        tell(group, member);
      }
    }
  }

  private static List<UserId> departed(Message message) {
    return message
        .change()
        .map(
            change ->
                switch (change.type()) {
                  case "MEMBER_LEFT" -> List.of(message.senderId());
                  case "MEMBER_REMOVED" -> change.users();
                  default -> List.<UserId>of();
                })
        .orElse(List.of());
  }
}
