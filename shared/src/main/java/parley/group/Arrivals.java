package parley.group;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.conversation.Conversation;
import parley.conversation.ConversationId;
import parley.conversation.ConversationRepository;
import parley.delivery.Broadcaster;
import parley.delivery.ServerEvent;
import parley.inbox.ConversationEvent;
import parley.message.SentMessage;
import parley.message.Stored;
import parley.user.UserId;

/** Tells of people who came into a group, once that is stored. */
public final class Arrivals {
  private final ConversationRepository conversations;
  private final Broadcaster broadcaster;

  public Arrivals(ConversationRepository conversations, Broadcaster broadcaster) {
    this.conversations = conversations;
    this.broadcaster = broadcaster;
  }

  /**
   * Shows newcomers the group, and tells everybody of them.
   *
   * @param told the system message that tells of them, to the members from before
   */
  void tell(ConversationId group, Stored told, Collection<UserId> newcomers, NewReceipts receipts) {
    tell(told, conversations.seenBy(newcomers, group), receipts);
  }

  /** Shows a newcomer the group as they see it, and tells everybody of them. */
  void tell(Conversation group, Stored told, UserId newcomer, NewReceipts receipts) {
    tell(told, Map.of(group, Set.of(newcomer)), receipts);
  }

  /**
   * @param seen the group as the newcomers see it. It looks the same for all of them unless the
   *     group was made before, so that they keep it each in their way.
   */
  private void tell(Stored told, Map<Conversation, Set<UserId>> seen, NewReceipts receipts) {
    ServerEvent message = SentMessage.of(told.message());
    seen.forEach(
        (group, readers) ->
            broadcaster.send(readers, List.of(new ConversationEvent.Updated(group), message)));
    Set<UserId> newcomers = seen.values().stream().flatMap(Set::stream).collect(toSet());
    told.audience().stream()
        .filter(member -> !newcomers.contains(member))
        .collect(groupingBy(member -> receipts.events(member, newcomers, told.message()), toSet()))
        .forEach(
            (moved, members) -> {
              List<ServerEvent> events = new ArrayList<>();
              events.add(message);
              events.addAll(moved);
              broadcaster.send(members, events);
            });
  }
}
