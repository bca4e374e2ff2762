package parley.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.block.Block;
import parley.block.BlockRepository;
import parley.conversation.Conversation;
import parley.conversation.ConversationRepository;
import parley.friend.FriendListRepository;
import parley.friend.FriendRequest;
import parley.message.Change;
import parley.message.Message;
import parley.message.MessageRepository;
import parley.message.NewestMessages;
import parley.pin.Pin;
import parley.pin.PinRepository;
import parley.profile.ProfileRepository;
import parley.receipt.Receipt;
import parley.receipt.ReceiptRepository;
import parley.receipt.Receipts;
import parley.star.StarRepository;
import parley.user.Profile;
import parley.user.UserId;
import parley.user.UserRepository;

/** Reads the things that {@code /sync} tells of, as they are now for one user. */
public final class PresentState {
  /**
   * How many people a page has at most besides those who have changed; who is named by more is
   * looked up by the client.
   */
  static final int MAX_NAMED = 100;

  /** Lower than the id of anything. */
  static final UUID LOWEST = new UUID(0, 0);

  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final FriendListRepository friends;
  private final BlockRepository blocks;
  private final UserRepository users;
  private final ProfileRepository profiles;
  private final ReceiptRepository receipts;
  private final PinRepository pins;
  private final StarRepository stars;

  public PresentState(
      ConversationRepository conversations,
      MessageRepository messages,
      FriendListRepository friends,
      BlockRepository blocks,
      UserRepository users,
      ProfileRepository profiles,
      ReceiptRepository receipts,
      PinRepository pins,
      StarRepository stars) {
    this.conversations = conversations;
    this.messages = messages;
    this.friends = friends;
    this.blocks = blocks;
    this.users = users;
    this.profiles = profiles;
    this.receipts = receipts;
    this.pins = pins;
    this.stars = stars;
  }

  /** Those of these things that {@code me} sees, by their ids. */
  Map<UUID, ?> byIds(UserId me, SyncType type, Collection<UUID> ids) {
    return switch (type) {
      case USER -> byId(users.byIds(me, ids), user -> user.id().value());
      case MESSAGE -> byId(messages.byIds(me, ids), message -> message.id().value());
      case CONVERSATION -> byId(conversations.byIds(me, ids), item -> item.id().value());
      case RECEIPT -> byId(receipts.byIds(me, ids), item -> item.conversationId().value());
      case FRIEND_REQUEST -> byId(friends.requestsByIds(me, ids), item -> item.id().value());
      case FRIEND -> byId(friends.friendsByIds(me, ids), friend -> friend.id().value());
      case BLOCK -> byId(blocks.byIds(me, ids), block -> block.user().id().value());
      case PIN -> byId(pins.byIds(me, ids), pin -> pin.messageId().value());
      case STAR -> byId(stars.byIds(me, ids), star -> star.messageId().value());
      case ACCOUNT -> own(me, profiles.find(me));
      case SETTINGS -> own(me, profiles.settings(me));
    };
  }

  /**
   * What else has changed with messages that are not there: one that disappeared before it came to
   * a device takes along its number and that its sender had read up to it.
   */
  Stream<Changed> changedWith(UserId me, Collection<UUID> goneMessages) {
    return goneMessages.isEmpty()
        ? Stream.empty()
        : messages.disappeared(me, goneMessages).stream()
            .flatMap(
                gone ->
                    Stream.of(SyncType.CONVERSATION, SyncType.RECEIPT)
                        .filter(type -> type != SyncType.RECEIPT || gone.hasReceipts())
                        .map(type -> new Changed(type, gone.conversation())));
  }

  /**
   * Some of the things of one type.
   *
   * @param size how many things, not counting what comes with them
   * @param last the id of the last one
   */
  record Batch(List<SyncItem> items, int size, UUID last, boolean hasMore) {
    private static <T> Batch of(SyncType type, List<T> things, int limit, Function<T, UUID> id) {
      List<SyncItem> items =
          things.stream()
              .map(thing -> new SyncItem(type, id.apply(thing), Optional.of(thing)))
              .toList();
      UUID last = items.isEmpty() ? LOWEST : items.getLast().id();
      return new Batch(items, items.size(), last, items.size() == limit);
    }
  }

  /** The next things of a type that a start has, in the order of their ids. */
  Batch after(UserId me, SyncType type, UUID after, int limit) {
    return switch (type) {
      case CONVERSATION -> conversationsAfter(me, after, limit);
      case FRIEND ->
          Batch.of(type, friends.friendsAfter(me, after, limit), limit, item -> item.id().value());
      case FRIEND_REQUEST ->
          Batch.of(type, friends.requestsAfter(me, after, limit), limit, item -> item.id().value());
      case BLOCK ->
          Batch.of(type, blocks.after(me, after, limit), limit, block -> block.user().id().value());
      case USER, MESSAGE, RECEIPT, PIN, STAR, ACCOUNT, SETTINGS -> throw Cursor.unknown();
    };
  }

  /** Conversations, each followed by its newest messages, the oldest of these first. */
  private Batch conversationsAfter(UserId me, UUID after, int limit) {
    NewestMessages newest = messages.newest(me, after, limit);
    Map<UUID, Conversation> found =
        byId(conversations.byIds(me, newest.ids()), conversation -> conversation.id().value());
    List<SyncItem> items = new ArrayList<>();
    newest
        .byConversation()
        .forEach(
            (id, page) -> {
              Optional<Conversation> conversation = Optional.ofNullable(found.get(id.value()));
              items.add(
                  new SyncItem(
                      SyncType.CONVERSATION,
                      id.value(),
                      conversation.map(present -> from(present, page)),
                      conversation.map(Function.identity())));
              for (Message message : page) {
                items.add(
                    new SyncItem(SyncType.MESSAGE, message.id().value(), Optional.of(message)));
              }
            });
    int size = newest.byConversation().size();
    return new Batch(items, size, size == 0 ? LOWEST : newest.ids().getLast(), newest.hasMore());
  }

  /** The seq from which on a client has all messages that starts with these. */
  private static long from(Conversation conversation, List<Message> newest) {
    return newest.size() < MessageRepository.NEWEST
        ? conversation.visibleFromSeq() + 1
        : newest.getFirst().seq();
  }

  /**
   * These items, and before them the people whom they name without showing them: first whoever
   * wrote a message. Oneself is left out, whom {@code ACCOUNT} tells of.
   *
   * @param changed users whose profiles have changed, who come too as far as {@code me} sees them
   */
  List<SyncItem> withPeople(UserId me, Set<UUID> changed, List<SyncItem> items) {
    Set<UserId> shown = items.stream().flatMap(PresentState::shown).collect(Collectors.toSet());
    Set<UUID> wanted = new LinkedHashSet<>(changed);
    Stream.concat(
            items.stream().flatMap(PresentState::writers),
            items.stream().flatMap(PresentState::others))
        .filter(user -> !shown.contains(user) && !user.equals(me))
        .distinct()
        .limit(MAX_NAMED)
        .forEach(user -> wanted.add(user.value()));
    wanted.remove(me.value());
    Stream<SyncItem> people =
        users.byIds(me, wanted).stream()
            .map(user -> new SyncItem(SyncType.USER, user.id().value(), Optional.of(user)));
    return Stream.concat(people, items.stream()).toList();
  }

  /** Whose profile an item has. */
  private static Stream<UserId> shown(SyncItem item) {
    return switch (item.data().orElse(null)) {
      case Conversation conversation -> conversation.otherUser().map(Profile::id).stream();
      case FriendRequest request ->
          Stream.of(request.sender(), request.receiver())
              .flatMap(Optional::stream)
              .map(Profile::id);
      case Block block -> Stream.of(block.user().id());
      case Profile friend -> Stream.of(friend.id());
      case null, default -> Stream.empty();
    };
  }

  private static Stream<UserId> writers(SyncItem item) {
    return item.data().orElse(null) instanceof Message message
        ? Stream.of(message.senderId())
        : Stream.empty();
  }

  /** Whom an item names by their ids alone, but for who wrote it. */
  private static Stream<UserId> others(SyncItem item) {
    return switch (item.data().orElse(null)) {
      case Message message ->
          Stream.concat(
              message.mentions().stream().flatMap(List::stream),
              message.change().map(Change::users).stream().flatMap(List::stream));
      case Receipts of -> of.receipts().stream().flatMap(List::stream).map(Receipt::userId);
      case Pin pin -> Stream.of(pin.pinnedBy());
      case null, default -> Stream.empty();
    };
  }

  private static <T> Map<UUID, T> own(UserId me, Optional<T> thing) {
    return thing.map(present -> Map.of(me.value(), present)).orElse(Map.of());
  }

  private static <T> Map<UUID, T> byId(List<T> things, Function<T, UUID> id) {
    return things.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
