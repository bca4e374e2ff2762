package parley.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.block.BlockRepository;
import parley.conversation.Conversation;
import parley.conversation.ConversationRepository;
import parley.friend.FriendListRepository;
import parley.message.Message;
import parley.message.MessageRepository;
import parley.message.NewestMessages;
import parley.pin.PinRepository;
import parley.platform.ChatException;
import parley.platform.PageLimit;
import parley.profile.ProfileRepository;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.star.StarRepository;
import parley.sync.Cursor.Ahead;
import parley.sync.Cursor.Caught;
import parley.sync.Cursor.Position;
import parley.sync.Cursor.Starting;
import parley.sync.FeedRepository.Entry;
import parley.sync.FeedRepository.Slice;
import parley.receipt.ReceiptRepository;
import parley.user.UserId;

/** Brings a client up to date, from wherever it was. */
public final class SyncService {
  /** How many items a page has unless the client says otherwise. */
  public static final int DEFAULT_PAGE = 50;

  public static final int MAX_PAGE = 100;

  /** What a client starts with, in this order; messages come with their conversations. */
  private static final List<SyncType> START =
      List.of(SyncType.CONVERSATION, SyncType.FRIEND, SyncType.FRIEND_REQUEST, SyncType.BLOCK);

  /** Lower than the id of anything. */
  private static final UUID LOWEST = new UUID(0, 0);

  private final FeedRepository feed;
  private final ConversationRepository conversations;
  private final MessageRepository messages;
  private final FriendListRepository friends;
  private final BlockRepository blocks;
  private final ProfileRepository profiles;
  private final ReceiptRepository receipts;
  private final PinRepository pins;
  private final StarRepository stars;

  public SyncService(
      FeedRepository feed,
      ConversationRepository conversations,
      MessageRepository messages,
      FriendListRepository friends,
      BlockRepository blocks,
      ProfileRepository profiles,
      ReceiptRepository receipts,
      PinRepository pins,
      StarRepository stars) {
    this.feed = feed;
    this.conversations = conversations;
    this.messages = messages;
    this.friends = friends;
    this.blocks = blocks;
    this.profiles = profiles;
    this.receipts = receipts;
    this.pins = pins;
    this.stars = stars;
  }

  /**
   * What happened for {@code me} since {@code cursor}: each thing that is new or has changed, in
   * its present state, or that it is gone. Without a cursor, or with one of another life of the
   * database or older than the feed is kept, all that there is: {@code reset} says so.
   *
   * @param limit how many items at most; of a start's conversations each brings its newest messages
   *     beyond it, and so does what happened in a group the group, if {@code me} came into it since
   * @throws ChatException VALIDATION_FAILED for a limit that is not 1 to {@value #MAX_PAGE};
   *     INVALID_CURSOR for what was never a cursor
   */
  public SyncPage sync(UserId me, Optional<String> cursor, int limit) {
    PageLimit.require(limit, MAX_PAGE);
    Invocation.current().count(Measure.SYNC_PAGES, 1);
    if (cursor.isEmpty()) {
      return restart(me, feed.settled(), limit);
    }
    return switch (Cursor.parse(cursor.get())) {
      case Caught caught -> changes(me, caught.position(), Optional.empty(), limit);
      case Ahead ahead -> changes(me, ahead.read(), Optional.of(ahead.position()), limit);
      case Starting starting -> start(me, starting, false, limit);
    };
  }

  /**
   * @param begin where what is not settled begins, if that is being read: after all of it the
   *     client stands there again
   */
  private SyncPage changes(UserId me, Position read, Optional<Position> begin, int limit) {
    Slice slice = feed.after(me, read, limit + 1);
    if (!slice.known()) {
      return restart(me, slice.settled(), limit);
    }
    boolean hasMore = slice.entries().size() > limit;
    List<Entry> entries = hasMore ? slice.entries().subList(0, limit) : slice.entries();
    Position settled = begin.orElse(slice.settled());
    return new SyncPage(
        false,
        items(me, entries),
        (hasMore ? after(entries.getLast(), begin, settled) : new Caught(settled)).text(),
        hasMore);
  }

  private static Cursor after(Entry last, Optional<Position> begin, Position settled) {
    return begin.isEmpty() && last.settled()
        ? new Caught(last.position())
        : new Ahead(settled, last.position());
  }

  /** Something that has changed. */
  private record Changed(SyncType type, UUID id) {
    static Stream<Changed> of(Entry entry) {
      return Stream.concat(
          entry.newGroup().map(group -> new Changed(SyncType.CONVERSATION, group)).stream(),
          Stream.of(new Changed(entry.type(), entry.entity())));
    }
  }

  /**
   * The present state of what changed, in the order in which it first did on this page; a group
   * that {@code me} came into goes before all that is in it.
   */
  private List<SyncItem> items(UserId me, List<Entry> entries) {
    List<Changed> all = entries.stream().flatMap(Changed::of).distinct().toList();
    Map<SyncType, Set<UUID>> ids = new HashMap<>();
    all.forEach(
        changed ->
            ids.computeIfAbsent(changed.type(), type -> new LinkedHashSet<>()).add(changed.id()));
    Map<SyncType, Map<UUID, ?>> states = new HashMap<>();
    ids.forEach((type, changed) -> states.put(type, changes(me, type, changed)));
    return all.stream()
        .map(
            changed ->
                new SyncItem(
                    changed.type(),
                    changed.id(),
                    Optional.ofNullable(
                        states.getOrDefault(changed.type(), Map.of()).get(changed.id()))))
        .toList();
  }

  private Map<UUID, ?> changes(UserId me, SyncType type, Collection<UUID> ids) {
    return switch (type) {
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

  private SyncPage restart(UserId me, Position position, int limit) {
    return start(me, new Starting(position, START.getFirst(), LOWEST), true, limit);
  }

  /**
   * The next page of all that there is. What changes while it is being read comes again after the
   * position, so that the pages need not be of one moment.
   */
  private SyncPage start(UserId me, Starting from, boolean reset, int limit) {
    List<SyncItem> items = new ArrayList<>();
    Starting at = from;
    for (int left = limit; left > 0; ) {
      Batch batch = start(me, at.type(), at.after(), left);
      items.addAll(batch.items());
      left -= batch.size();
      if (batch.hasMore()) {
        at = new Starting(at.position(), at.type(), batch.last());
        break;
      }
      int next = START.indexOf(at.type()) + 1;
      if (next == START.size()) {
        // What happened since the position was taken is read next, unless it was taken just now.
        return new SyncPage(reset, items, new Caught(at.position()).text(), !reset);
      }
      at = new Starting(at.position(), START.get(next), LOWEST);
    }
    return new SyncPage(reset, items, at.text(), true);
  }

  /**
   * Some of the things of one type.
   *
   * @param size how many things, not counting what comes with them
   * @param last the id of the last one
   */
  private record Batch(List<SyncItem> items, int size, UUID last, boolean hasMore) {
    static <T> Batch of(SyncType type, List<T> things, int limit, Function<T, UUID> id) {
      List<SyncItem> items =
          things.stream()
              .map(thing -> new SyncItem(type, id.apply(thing), Optional.of(thing)))
              .toList();
      UUID last = items.isEmpty() ? LOWEST : items.getLast().id();
      return new Batch(items, items.size(), last, items.size() == limit);
    }
  }

  private Batch start(UserId me, SyncType type, UUID after, int limit) {
    return switch (type) {
      case CONVERSATION -> conversations(me, after, limit);
      case FRIEND ->
          Batch.of(type, friends.friendsAfter(me, after, limit), limit, item -> item.id().value());
      case FRIEND_REQUEST ->
          Batch.of(type, friends.requestsAfter(me, after, limit), limit, item -> item.id().value());
      case BLOCK ->
          Batch.of(type, blocks.after(me, after, limit), limit, block -> block.user().id().value());
      case MESSAGE, RECEIPT, PIN, STAR, ACCOUNT, SETTINGS -> throw Cursor.unknown();
    };
  }

  /** Conversations, each followed by its newest messages, the oldest of these first. */
  private Batch conversations(UserId me, UUID after, int limit) {
    NewestMessages newest = messages.newest(me, after, limit);
    Map<UUID, Conversation> found =
        byId(conversations.byIds(me, newest.ids()), conversation -> conversation.id().value());
    List<SyncItem> items = new ArrayList<>();
    newest
        .byConversation()
        .forEach(
            (id, page) -> {
              items.add(
                  new SyncItem(
                      SyncType.CONVERSATION,
                      id.value(),
                      Optional.ofNullable(found.get(id.value()))));
              for (Message message : page) {
                items.add(
                    new SyncItem(SyncType.MESSAGE, message.id().value(), Optional.of(message)));
              }
            });
    int size = newest.byConversation().size();
    return new Batch(items, size, size == 0 ? LOWEST : newest.ids().getLast(), newest.hasMore());
  }

  private static <T> Map<UUID, T> own(UserId me, Optional<T> thing) {
    return thing.map(present -> Map.of(me.value(), present)).orElse(Map.of());
  }

  private static <T> Map<UUID, T> byId(List<T> things, Function<T, UUID> id) {
    return things.stream().collect(Collectors.toMap(id, Function.identity()));
  }
}
