package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import parley.checker.Checker;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Violation;

/** Users, their devices and conversations, and the history of all that they do. */
final class World {
  /** Twice as long as a pending message may wait for its delivery. */
  private static final int MINUTES_OF_QUIET = 4;

  private final Backend backend;
  private final Deadline deadline;
  private final History history = new History();
  private final List<User> users;
  private final List<Device> devices = new ArrayList<>();
  private final Map<User, List<String>> conversations = new HashMap<>();

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

  List<String> conversations(User user) {
    return conversations.getOrDefault(user, List.of());
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
    }
    Set<String> opened = new TreeSet<>();
    for (User user : users) {
      for (JsonNode conversation : user.http().get("/conversations").require()) {
        String id = conversation.path("id").asText();
        opened.add(id);
        history.add(
            new Entry.Counted(
                user.id(),
                id,
                conversation.path("lastSeq").asLong(),
                conversation.path("lastReadSeq").asLong()));
      }
    }
    backend.stored(opened).stream().map(Entry.Stored::new).forEach(history::add);
    return Checker.check(history);
  }
}
