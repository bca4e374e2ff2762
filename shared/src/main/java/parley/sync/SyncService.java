package parley.sync;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import parley.platform.ChatException;
import parley.platform.PageLimit;
import parley.platform.log.Invocation;
import parley.platform.log.Measure;
import parley.sync.Cursor.Ahead;
import parley.sync.Cursor.Caught;
import parley.sync.Cursor.Position;
import parley.sync.Cursor.Starting;
import parley.sync.FeedRepository.Entry;
import parley.sync.FeedRepository.Slice;
import parley.sync.PresentState.Batch;
import parley.user.UserId;

/** Brings a client up to date, from wherever it was. */
public final class SyncService {
  /** How many items a page has unless the client says otherwise. */
  public static final int DEFAULT_PAGE = 50;

  public static final int MAX_PAGE = 100;

  /** What a client starts with, in this order; messages come with their conversations. */
  private static final List<SyncType> START =
      List.of(SyncType.CONVERSATION, SyncType.FRIEND, SyncType.FRIEND_REQUEST, SyncType.BLOCK);

  private final FeedRepository feed;
  private final PresentState state;

  public SyncService(FeedRepository feed, PresentState state) {
    this.feed = feed;
    this.state = state;
  }

  /**
   * What happened for {@code me} since {@code cursor}: each thing that is new or has changed, in
   * its present state, or that it is gone. Without a cursor, or with one of another life of the
   * database or older than the feed is kept, all that there is: {@code reset} says so.
   *
   * @param limit how many items at most; of a start's conversations each brings its newest messages
   *     beyond it, and so does what happened in a group the group, if {@code me} came into it
   *     since; people whom the items name come beyond it too
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

  /**
   * The present state of what changed, in the order in which it first did on this page; a group
   * that {@code me} came into goes before all that is in it, and people go before everything.
   */
  private List<SyncItem> items(UserId me, List<Entry> entries) {
    List<Changed> fed = entries.stream().flatMap(Changed::of).distinct().toList();
    Set<UUID> gone = new LinkedHashSet<>(ids(fed).getOrDefault(SyncType.MESSAGE, Set.of()));
    Map<UUID, ?> messages = state.byIds(me, SyncType.MESSAGE, gone);
    gone.removeAll(messages.keySet());
    List<Changed> all =
        Stream.concat(fed.stream(), state.changedWith(me, gone)).distinct().toList();
    Map<SyncType, Set<UUID>> ids = ids(all);
    Set<UUID> people = Optional.ofNullable(ids.remove(SyncType.USER)).orElse(Set.of());
    ids.remove(SyncType.MESSAGE);
    Map<SyncType, Map<UUID, ?>> states = new EnumMap<>(SyncType.class);
    states.put(SyncType.MESSAGE, messages);
    ids.forEach((type, changed) -> states.put(type, state.byIds(me, type, changed)));
    List<SyncItem> items =
        all.stream()
            .filter(changed -> changed.type() != SyncType.USER)
            .map(
                changed ->
                    new SyncItem(
                        changed.type(),
                        changed.id(),
                        Optional.ofNullable(
                            states.getOrDefault(changed.type(), Map.of()).get(changed.id()))))
            .toList();
    return state.withPeople(me, people, items);
  }

  private static Map<SyncType, Set<UUID>> ids(List<Changed> all) {
    Map<SyncType, Set<UUID>> ids = new EnumMap<>(SyncType.class);
    all.forEach(
        changed ->
            ids.computeIfAbsent(changed.type(), type -> new LinkedHashSet<>()).add(changed.id()));
    return ids;
  }

  private SyncPage restart(UserId me, Position position, int limit) {
    return start(me, new Starting(position, START.getFirst(), PresentState.LOWEST), true, limit);
  }

  /**
   * The next page of all that there is. What changes while it is being read comes again after the
   * position, so that the pages need not be of one moment.
   */
  private SyncPage start(UserId me, Starting from, boolean reset, int limit) {
    List<SyncItem> items = new ArrayList<>();
    Starting at = from;
    for (int left = limit; left > 0; ) {
      Batch batch = state.after(me, at.type(), at.after(), left);
      items.addAll(batch.items());
      left -= batch.size();
      if (batch.hasMore()) {
        at = new Starting(at.position(), at.type(), batch.last());
        break;
      }
      int next = START.indexOf(at.type()) + 1;
      if (next == START.size()) {
        // What happened since the position was taken is read next, unless it was taken just now.
        return new SyncPage(reset, withPeople(me, items), new Caught(at.position()).text(), !reset);
      }
      at = new Starting(at.position(), START.get(next), PresentState.LOWEST);
    }
    return new SyncPage(reset, withPeople(me, items), at.text(), true);
  }

  private List<SyncItem> withPeople(UserId me, List<SyncItem> items) {
    return state.withPeople(me, Set.of(), items);
  }
}
