package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import parley.checker.Change;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;

/**
 * Changes groups and messages for a user, who may or may not be allowed to, or be in them at all;
 * blocks somebody and ends that; clears histories; sets after how long messages disappear; takes
 * other names. What is not answered is asked for again some times.
 */
final class Changer {
  private static final int TRIES = 4;
  private static final int CLEARS_EVERY = 6;
  private static final int RENAMES_EVERY = 7;
  private static final int TIMES_EVERY = 7;
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
    if (random.nextInt(RENAMES_EVERY) == 0) {
      insist(new Change.Rename(user.id(), "called " + random.nextInt(1_000_000)));
      return;
    }
    if (random.nextInt(TIMES_EVERY) == 0) {
      List<String> all = world.chats(user);
      long seconds = List.of(0L, 3_600L, 86_400L).get(random.nextInt(3));
      insist(new Change.Time(user.id(), all.get(random.nextInt(all.size())), seconds));
      return;
    }
    if (blocked.isPresent() && random.nextBoolean()) {
      String other = blocked.get().id();
      insist(
          random.nextInt(5) < 2
              ? new Change.Block(user.id(), other)
              : new Change.Unblock(user.id(), other));
      return;
    }
    if (random.nextInt(CLEARS_EVERY) == 0) {
      clear();
      return;
    }
    List<Message> messages = world.sent();
    if (!messages.isEmpty() && random.nextInt(5) < 3) {
      insist(change(messages.get(random.nextInt(messages.size()))));
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

  /** Clears a conversation that may be the user's, and looks what is left. */
  private void clear() {
    List<String> all = world.chats(user);
    String conversation = all.get(random.nextInt(all.size()));
    insist(new Change.Clear(user.id(), conversation));
    boolean _ =
        random.nextBoolean()
            ? Walk.through(conversation, user, history)
            : Search.in(conversation, user, history);
  }

  /** What is not one's own one may hide, and delete as an admin. */
  private Change.OfMessage change(Message message) {
    String me = user.id();
    Change.OfMessage edit = new Change.Edit(me, message.id(), "edited as " + random.nextInt());
    Change.OfMessage delete = new Change.Delete(me, message.id());
    Change.OfMessage hide = new Change.Hide(me, message.id());
    return message.sender().equals(me)
        ? List.of(edit, edit, edit, edit, edit, delete, delete, hide).get(random.nextInt(8))
        : List.of(edit, delete, delete, hide).get(random.nextInt(4));
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
      Reply reply = ask(change);
      if (change instanceof Change.Clear && reply instanceof Reply.Done done) {
        history.add(new Entry.Cleared(number, done.body().path("visibleFromSeq").asLong()));
      }
      history.add(
          switch (reply) {
            case Reply.Done _ -> new Entry.Made(number);
            case Reply.Refused refused -> new Entry.Denied(number, refused.code());
            case Reply.None _ -> new Entry.Unanswered(number);
          });
      if (reply instanceof Reply.Done
          || (reply instanceof Reply.Refused refused && !TRY_AGAIN.contains(refused.code()))) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** What became of one try. */
  private sealed interface Reply {
    record Done(JsonNode body) implements Reply {}

    record Refused(String code) implements Reply {}

    record None() implements Reply {}
  }

  private Reply ask(Change change) {
    return change instanceof Change.OfMessage ofMessage && random.nextBoolean()
        ? askByDevice(ofMessage)
            .map(answer -> reply(answer.succeeded(), answer.content()))
            .orElseGet(Reply.None::new)
        : askByHttp(change)
            .map(answer -> reply(answer.status() / 100 == 2, answer.body()))
            .orElseGet(Reply.None::new);
  }

  /** An error of the gateway's own has no code. */
  private static Reply reply(boolean succeeded, JsonNode body) {
    if (succeeded) {
      return new Reply.Done(body);
    }
    return body.has("code") ? new Reply.Refused(body.path("code").asText()) : new Reply.None();
  }

  private Optional<Dialect.Frame.Answer> askByDevice(Change.OfMessage change) {
    List<Device> devices = world.devices(user);
    Device device = devices.get(random.nextInt(devices.size()));
    return switch (change) {
      case Change.Edit edit ->
          device.request(
              "edit_message", Map.of("messageId", edit.message(), "content", edit.content()));
      case Change.Delete delete ->
          device.request("delete_message", Map.of("messageId", delete.message()));
      case Change.Hide hide ->
          device.request("delete_message", Map.of("messageId", hide.message(), "for", "me"));
    };
  }

  private Optional<Http.Answer> askByHttp(Change change) {
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
      case Change.Time time ->
          http.tryCall(
              "PUT",
              "/conversations/" + time.group() + "/disappearing",
              Collections.singletonMap("seconds", time.seconds() == 0 ? null : time.seconds()));
      case Change.Edit edit ->
          http.tryCall("PATCH", "/messages/" + edit.message(), Map.of("content", edit.content()));
      case Change.Delete delete -> http.tryCall("DELETE", "/messages/" + delete.message());
      case Change.Hide hide -> http.tryCall("DELETE", "/messages/" + hide.message() + "?for=me");
      case Change.Clear clear ->
          http.tryCall("DELETE", "/conversations/" + clear.conversation() + "/messages");
      case Change.Rename rename ->
          http.tryCall("PATCH", "/users/me", Map.of("name", rename.name()));
      case Change.Block block -> http.tryCall("PUT", "/blocks/" + block.other());
      case Change.Unblock unblock -> http.tryCall("DELETE", "/blocks/" + unblock.other());
    };
  }

  private static String members(String group) {
    return "/groups/" + group + "/members";
  }
}
