package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.checker.Checker;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;
import parley.checker.Violation;

/** Users, their devices and conversations, and the history of all that they do. */
final class World {
  /** Twice as long as a pending message may wait for its delivery. */
  private static final int MINUTES_OF_QUIET = 4;

  private static final int MANY_MESSAGES = 50;

  private final Backend backend;
  private final Deadline deadline;
  private final History history = new History();
  private final List<User> users;
  private final List<Device> devices = new ArrayList<>();
  private final Map<User, List<String>> conversations = new HashMap<>();
  private final List<Group> groups = new CopyOnWriteArrayList<>();
  private final Queue<Message> sent = new ConcurrentLinkedDeque<>();
  private final AtomicInteger changes = new AtomicInteger();

  World(Backend backend, int users, Deadline deadline) {
    this.backend = backend;
    this.deadline = deadline;
    this.users =
        Together.get(deadline, Collections.nCopies(users, () -> User.register(backend.http())));
  }

  History history() {
    return history;
  }

  List<User> users() {
    return users;
  }

  /** The conversations of a user, and all groups there are until now. */
  List<String> chats(User user) {
    return Stream.concat(
            conversations.getOrDefault(user, List.of()).stream(), groups.stream().map(Group::id))
        .toList();
  }

  List<Device> devices(User user) {
    return devices.stream().filter(device -> device.user().equals(user)).toList();
  }

  /** Makes friends of two users and opens their conversation. */
  String open(User one, User other) {
    String conversation = one.converse(other);
    history.add(new Entry.Opened(conversation, Set.of(one.id(), other.id())));
    for (User user : List.of(one, other)) {
      conversations.computeIfAbsent(user, key -> new ArrayList<>()).add(conversation);
    }
    return conversation;
  }

  /** Makes a group, of which newcomers see this of the past. */
  void found(User founder, List<User> members, String pastForNewcomers) {
    Group group = Group.found(founder, members, pastForNewcomers, deadline);
    history.add(new Entry.Founded(group.id(), pastForNewcomers));
    groups.add(group);
  }

  /** The groups there are until now. */
  List<Group> groups() {
    return groups;
  }

  Group group(String id) {
    return groups.stream().filter(group -> group.id().equals(id)).findFirst().orElseThrow();
  }

  /** Notes a message that was acknowledged; of many the newest count. */
  void sent(Message message) {
    sent.add(message);
    if (sent.size() > MANY_MESSAGES) {
      sent.poll();
    }
  }

  /** Messages that were acknowledged not long ago. */
  List<Message> sent() {
    return List.copyOf(sent);
  }

  /** A number for one more change that somebody wants. */
  int nextChange() {
    return changes.incrementAndGet();
  }

  /** Gives a user one more device, and connects it. */
  Device addDevice(User user, Dialect dialect) {
    String name = "device " + devices.size() + " of user " + users.indexOf(user);
    Device device = new Device(name, user, backend.socket(), dialect, history);
    devices.add(device);
    device.tend();
    return device;
  }

  /**
   * Waits until nothing is under way any more, and some minutes longer in simulated time, so that
   * what the system does by itself has been done.
   */
  void settle() {
    for (int minute = 0; minute < MINUTES_OF_QUIET; minute++) {
      backend.passes(Duration.ofMinutes(1));
      deadline.await(() -> "functions still run: " + backend.running(), backend::isIdle);
    }
    rest();
  }

  /** Takes it that the system has done all it will ever do. */
  void rest() {
    // What was posted has arrived when a link answers; one that does not has been cut.
    devices.stream().filter(device -> !device.isAlive()).forEach(Device::drop);
    backend.givenUp().stream().map(Entry.GivenUp::new).forEach(history::add);
    history.add(new Entry.Settled());
  }

  /** Has everybody catch up, reads what the server says and what is stored, and judges. */
  List<Violation> judge() {
    for (Device device : devices) {
      deadline.await(() -> device + " cannot catch up", device::catchUp);
      device.drop();
      history.add(device.held());
    }
    Set<String> made = new TreeSet<>();
    history.of(Entry.Opened.class).map(Entry.Opened::conversation).forEach(made::add);
    groups.stream().map(Group::id).forEach(made::add);
    for (User user : users) {
      made.addAll(readList(user));
      history.add(Holdings.begun(user));
      history.add(Holdings.profile(user));
      JsonNode blocks = user.http().get("/blocks").require();
      history.add(
          new Entry.BlocksRead(
              user.id(),
              blocks
                  .valueStream()
                  .map(block -> block.at("/user/id").asText())
                  .collect(Collectors.toSet())));
    }
    backend.stored(made).stream().map(Entry.Stored::new).forEach(history::add);
    return Checker.check(history);
  }

  /** Reads all that the server says of a user's conversations; gives their ids. */
  private Set<String> readList(User user) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode conversation : user.http().get("/conversations").require()) {
      String id = conversation.path("id").asText();
      ids.add(id);
      JsonNode last = conversation.path("lastMessage");
      history.add(
          new Entry.Counted(
              user.id(),
              id,
              conversation.path("lastSeq").asLong(),
              conversation.path("lastReadSeq").asLong(),
              last.isNull() ? "" : last.asText()));
      if (!Walk.through(id, user, history) || !Search.in(id, user, history)) {
        throw new AssertionError("the history of " + id + " cannot be read");
      }
      if (conversation.has("group")) {
        readGroup(user, id, conversation.at("/group/role").asText());
      }
    }
    return ids;
  }

  private void readGroup(User user, String id, String role) {
    Map<String, String> roles = new HashMap<>();
    user.http()
        .get("/groups/" + id + "/members")
        .require()
        .forEach(member -> roles.put(member.path("id").asText(), member.path("role").asText()));
    history.add(new Entry.MembersRead(id, user.id(), roles));
    if (role.equals("OWNER")) {
      long uses = 0;
      for (JsonNode invite : user.http().get("/groups/" + id + "/invites").require()) {
        uses += invite.path("uses").asLong();
      }
      history.add(new Entry.InvitesRead(id, uses));
    }
  }
}
