package parley.presence;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.circle.CircleService;
import parley.connection.PresenceTable.State;
import parley.connection.PresenceTable;
import parley.delivery.Whisper;
import parley.platform.list.Page;
import parley.platform.list.PageRequest;
import parley.platform.log.Invocation;
import parley.presence.PresenceRepository.Friend;
import parley.user.UserId;

/** Showing friends who is online. */
public final class PresenceService {
  private final PresenceRepository friends;
  private final PresenceTable table;
  private final CircleService circles;
  private final Whisper whisper;
  private final Clock clock;

  public PresenceService(
      PresenceRepository friends,
      PresenceTable table,
      CircleService circles,
      Whisper whisper,
      Clock clock) {
    this.friends = friends;
    this.table = table;
    this.circles = circles;
    this.whisper = whisper;
    this.clock = clock;
  }

  /**
   * The friends of {@code me} but those whom they block, in the order of their ids, 100 on a page
   * at most. Those who do not show themselves are looked up like the others, so that the answer
   * takes as long.
   */
  public Page<Presence> friends(UserId me, PageRequest page) {
    Instant asOf = clock.instant();
    Page<Friend> friends = this.friends.friends(me, page);
    Map<UserId, State> states = table.find(friends.items().stream().map(Friend::id).toList());
    return friends.map(
        friend ->
            friend.shown()
                ? Presence.of(friend.id(), states.getOrDefault(friend.id(), State.UNKNOWN))
                : Presence.hidden(friend.id(), asOf));
  }

  /** Brings offline whoever has no connection any more, and tells the friends of all how it is. */
  public void announce(List<UserId> users) {
    for (UserId user : users) {
      var _ = table.go(user);
      tell(user, Set.of());
    }
  }

  /** Whom a user shows themselves to, to be told when that changes. */
  public Set<UserId> shownTo(UserId user) {
    return circles.of(user).shownTo();
  }

  /**
   * To be called when a user has changed to whom they show themselves: tells those who see them how
   * it is, and the others of those who did before that they see nothing any more.
   */
  public void shownToOthers(UserId user, Collection<UserId> shownBefore) {
    table.outdate(user);
    tell(user, shownBefore);
  }

  /**
   * To be called when a user has blocked a friend who saw them: tells the friend that they see
   * nothing any more, as when the user hides from all. A failure is logged; the block stands.
   */
  public void hide(UserId user, UserId friend) {
    attempt(() -> whisper.toUsers(Set.of(friend), Presence.hidden(user, clock.instant())));
  }

  /**
   * To be called when a block between two friends has ended: tells each what they see of the other
   * from now on, if they do. A failure is logged; the end of the block stands.
   */
  public void showAgain(UserId one, UserId other) {
    attempt(
        () -> {
          table.outdate(one);
          table.outdate(other);
          Map<UserId, State> states = table.find(List.of(one, other));
          show(one, other, states);
          show(other, one, states);
        });
  }

  /** The circle is read last, so that a block at the same moment is seen, or told as newer. */
  private void show(UserId user, UserId friend, Map<UserId, State> states) {
    if (circles.of(user).shownTo().contains(friend)) {
      whisper.toUsers(Set.of(friend), Presence.of(user, states.getOrDefault(user, State.UNKNOWN)));
    }
  }

  private static void attempt(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      Invocation.current().fault(e);
    }
  }

  /**
   * The state, and the time for those from whom it is hidden, are read before who may see it. So of
   * a telling and a hiding at once, either the telling finds out that the user hides, or what it
   * tells has the lower version of the two.
   */
  private void tell(UserId user, Collection<UserId> shownBefore) {
    Instant asOf = clock.instant();
    State state = table.find(List.of(user)).getOrDefault(user, State.UNKNOWN);
    Set<UserId> shownTo = circles.of(user).shownTo();
    whisper.toUsers(shownTo, Presence.of(user, state));
    Set<UserId> others = new HashSet<>(shownBefore);
    others.removeAll(shownTo);
    whisper.toUsers(others, Presence.hidden(user, asOf));
  }
}
