package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The life of a group as its messages tell it, in the order of their seq: changes that happened at
 * once are explained by this order or by none.
 */
final class Story {
  private static final String OWNER = "OWNER";
  private static final String ADMIN = "ADMIN";
  private static final String MEMBER = "MEMBER";

  /**
   * A group between two changes.
   *
   * @param roles of the members
   * @param history what newcomers see
   * @param seconds after how long new messages disappear, 0 for never
   * @param barred whom an admin removed, so that no invite lets them in
   * @param inviter who made the invite and may still make some, or empty; then it has ended
   */
  record State(
      Map<String, String> roles, String history, long seconds, Set<String> barred, String inviter) {
    boolean has(String user) {
      return roles.containsKey(user);
    }

    boolean isOwner(String user) {
      return OWNER.equals(roles.get(user));
    }

    boolean administers(String user) {
      return isOwner(user) || ADMIN.equals(roles.get(user));
    }
  }

  private final NavigableMap<Long, State> states = new TreeMap<>();
  private final List<Stay> stays = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();

  /**
   * @param history what newcomers see at first
   * @param messages by seq
   */
  Story(String history, List<Message> messages) {
    states.put(0L, new State(Map.of(), history, 0, Set.of(), ""));
    for (Message message : messages) {
      State before = last();
      if (!allows(before, message)) {
        breaches.add(message + " cannot have happened in " + before);
      }
      message
          .change()
          .ifPresent(change -> states.put(message.seq(), after(before, message, change)));
    }
  }

  /** How it is in the end. */
  State last() {
    return states.lastEntry().getValue();
  }

  /** Everybody's times in the group. */
  List<Stay> stays() {
    return stays;
  }

  List<Stay> stays(String user) {
    return stays.stream().filter(stay -> stay.user().equals(user)).toList();
  }

  /** Messages that nobody could have sent, and changes that nobody could have made. */
  List<String> breaches() {
    return breaches;
  }

  /** Whether it was so at some time from one number to another, both included. */
  boolean wasEver(long from, long to, Predicate<State> so) {
    return so.test(states.floorEntry(Math.max(0, from)).getValue())
        || states.subMap(from, false, Math.max(from, to), true).values().stream().anyMatch(so);
  }

  private static boolean allows(State state, Message message) {
    if (message.change().isEmpty()) {
      return state.has(message.sender());
    }
    Change.OfGroup change = message.change().get();
    String by = change.by();
    return by.equals(message.sender())
        && switch (change) {
          case Change.Create _ -> message.seq() == 1;
          case Change.Add add -> state.administers(by) && !state.has(add.member());
          case Change.Remove remove ->
              state.has(remove.member())
                  && !state.isOwner(remove.member())
                  && (remove.isLeaving() || state.administers(by));
          case Change.Join _ ->
              !state.has(by) && !state.barred().contains(by) && !state.inviter().isEmpty();
          case Change.Assign assign ->
              state.has(assign.member())
                  && !assign.role().equals(state.roles().get(assign.member()))
                  && (assign.role().equals(OWNER)
                      ? state.isOwner(by)
                      : state.administers(by) && !state.isOwner(assign.member()));
          case Change.ShowPast show ->
              state.administers(by) && !show.history().equals(state.history());
          case Change.Time time -> state.administers(by) && time.seconds() != state.seconds();
        };
  }

  private State after(State before, Message message, Change.OfGroup change) {
    Map<String, String> roles = new HashMap<>(before.roles());
    Set<String> barred = new HashSet<>(before.barred());
    String history = before.history();
    long seconds = before.seconds();
    switch (change) {
      case Change.Create create -> {
        enter(roles, create.by(), before, message);
        create.members().forEach(member -> enter(roles, member, before, message));
        roles.put(create.by(), OWNER);
      }
      case Change.Add add -> {
        enter(roles, add.member(), before, message);
        barred.remove(add.member());
      }
      case Change.Join join -> enter(roles, join.by(), before, message);
      case Change.Remove remove -> {
        roles.remove(remove.member());
        stays.replaceAll(
            stay ->
                stay.user().equals(remove.member()) && stay.until() == null
                    ? stay.endedBy(message)
                    : stay);
        if (!remove.isLeaving()) {
          barred.add(remove.member());
        }
      }
      case Change.Assign assign -> {
        if (assign.role().equals(OWNER)) {
          roles.put(assign.by(), ADMIN);
        }
        roles.put(assign.member(), assign.role());
      }
      case Change.ShowPast show -> history = show.history();
      case Change.Time time -> seconds = time.seconds();
    }
    String inviter = inviter(before, change);
    State after = new State(roles, history, seconds, barred, inviter);
    return after.administers(inviter) ? after : new State(roles, history, seconds, barred, "");
  }

  /** The founder makes the invite. */
  private static String inviter(State before, Change.OfGroup change) {
    return change instanceof Change.Create create ? create.by() : before.inviter();
  }

  private void enter(Map<String, String> roles, String user, State before, Message message) {
    if (Objects.isNull(roles.putIfAbsent(user, MEMBER))) {
      stays.add(new Stay(user, message, before.history().equals("ALL"), null));
    }
  }
}
