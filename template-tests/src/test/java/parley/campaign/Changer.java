package parley.campaign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import parley.checker.Change;
import parley.checker.Entry;
import parley.checker.History;

/**
 * Changes groups for a user, who may or may not be allowed to, or be in them at all; blocks
 * somebody and ends that. What is not answered is asked for again some times.
 */
final class Changer {
  private static final int TRIES = 4;
  private static final long PAUSE_NANOS = 60_000_000;
  private static final Set<String> TRY_AGAIN = Set.of("SERVICE_UNAVAILABLE", "INTERNAL");

  private final User user;
  private final Optional<User> blocked;
  private final World world;
  private final History history;
  private final SplittableRandom random;

  /**
   * @param blocked whom the user blocks now and then
   */
  Changer(User user, Optional<User> blocked, World world, SplittableRandom random) {
    this.user = user;
    this.blocked = blocked;
    this.world = world;
    this.history = world.history();
    this.random = random;
  }

  /** Makes one change, or tries to. */
  void change() {
    if (blocked.isPresent() && random.nextBoolean()) {
      String other = blocked.get().id();
      insist(
          random.nextInt(5) < 2
              ? new Change.Block(user.id(), other)
              : new Change.Unblock(user.id(), other));
      return;
    }
    List<Group> groups = world.groups();
    if (groups.isEmpty()) {
      return;
    }
    Group group = groups.get(random.nextInt(groups.size()));
    Change.OfGroup change = change(group);
    if (!(change instanceof Change.Remove remove && remove.member().equals(group.founder()))) {
      insist(change);
    }
  }

  private Change.OfGroup change(Group group) {
    String me = user.id();
    String id = group.id();
    String member = world.users().get(random.nextInt(world.users().size())).id();
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> new Change.Join(me, id);
      case 4, 5, 6 -> new Change.Add(me, id, member);
      case 7, 8 -> new Change.Remove(me, id, me);
      case 9, 10 -> new Change.Remove(me, id, member);
      case 11, 12 -> new Change.Assign(me, id, member, "ADMIN");
      case 13 -> new Change.Assign(me, id, member, "MEMBER");
      case 14 -> new Change.Assign(me, id, member, "OWNER");
      default -> new Change.ShowPast(me, id, random.nextBoolean() ? "ALL" : "JOINED");
    };
  }

  private void insist(Change change) {
    for (int i = 0; i < TRIES; i++) {
      int number = world.nextChange();
      history.add(new Entry.Wanted(number, change));
      Optional<Http.Answer> answer = ask(change);
      if (answer.filter(given -> given.status() / 100 == 2).isPresent()) {
        history.add(new Entry.Made(number));
        return;
      }
      // An error of the gateway's own has no code.
      String code = answer.map(given -> given.body().path("code").asText()).orElse("");
      history.add(code.isEmpty() ? new Entry.Unanswered(number) : new Entry.Denied(number, code));
      if (!code.isEmpty() && !TRY_AGAIN.contains(code)) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private Optional<Http.Answer> ask(Change change) {
    Http http = user.http();
    return switch (change) {
      case Change.Create _ -> throw new IllegalArgumentException("a group is made elsewhere");
      case Change.Add add ->
          http.tryPost(members(add.group()), Map.of("userIds", List.of(add.member())));
      case Change.Remove remove ->
          http.tryCall("DELETE", members(remove.group()) + "/" + remove.member());
      case Change.Join join ->
          http.tryPost("/invites/join", Map.of("token", world.group(join.group()).invite()));
      case Change.Assign assign ->
          http.tryCall(
              "PUT",
              members(assign.group()) + "/" + assign.member() + "/role",
              Map.of("role", assign.role()));
      case Change.ShowPast show ->
          http.tryCall("PATCH", "/groups/" + show.group(), Map.of("history", show.history()));
      case Change.Block block -> http.tryCall("PUT", "/blocks/" + block.other());
      case Change.Unblock unblock -> http.tryCall("DELETE", "/blocks/" + unblock.other());
    };
  }

  private static String members(String group) {
    return "/groups/" + group + "/members";
  }
}
