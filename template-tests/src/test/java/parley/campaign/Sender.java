package parley.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import parley.checker.Draft;
import parley.checker.History;

/**
 * Sends messages of a user one after the other, each until it is acknowledged, by whatever route;
 * and now and then does what else happens to users: they lose their network, read old messages,
 * send twice at once, send again what was acknowledged long ago, or something else under its
 * clientId, or give up.
 */
final class Sender {
  private static final int MAX_PAUSE_MILLIS = 150;
  private static final int CHANGES_EVERY = 5;
  private static final int RECEIPTS_EVERY = 3;

  /** Answers to who is not in the group, and to who blocks the other one: there is no use in it. */
  private static final Set<String> FINAL = Set.of("CONVERSATION_NOT_FOUND", "BLOCKED_BY_YOU");

  private final String name;
  private final User user;
  private final List<Device> devices;
  private final World world;
  private final Changer changer;
  private final Reader reader;
  private final History history;
  private final SplittableRandom random;
  private final Deadline deadline;
  private final AtomicInteger done;
  private final List<Draft> acked = new ArrayList<>();

  /**
   * @param user whose devices other senders may use too
   * @param changer what else the user does between the messages
   * @param reader what the user says to have read between the messages
   * @param done counts the messages that are through
   */
  Sender(
      String name,
      User user,
      World world,
      Changer changer,
      Reader reader,
      SplittableRandom random,
      Deadline deadline,
      AtomicInteger done) {
    this.name = name;
    this.user = user;
    this.devices = world.devices(user);
    this.world = world;
    this.changer = changer;
    this.reader = reader;
    this.history = world.history();
    this.random = random;
    this.deadline = deadline;
    this.done = done;
  }

  /** Sends so many, and gives how many that were. */
  int send(int messages) {
    for (int i = 0; i < messages; i++) {
      devices.forEach(Device::tend);
      Draft draft =
          new Draft(
              user.id(), one(conversations()), name + "-" + i, "message " + i + " of " + name);
      switch (random.nextInt(50)) {
        case 0 -> tryTwiceAtOnce(draft);
        case 1 -> {
          // If that was not answered the user does not ask again.
          if (attempt(draft) instanceof Attempt.Acked) {
            acked.add(draft);
          }
        }
        default -> deliver(draft);
      }
      done.incrementAndGet();
      live();
      if (random.nextInt(CHANGES_EVERY) == 0) {
        changer.change();
      }
      if (random.nextInt(RECEIPTS_EVERY) == 0) {
        reader.read();
      }
    }
    return messages;
  }

  private void live() {
    switch (random.nextInt(150)) {
      case 0, 1 -> one(devices).drop();
      case 2 -> {
        boolean _ = Walk.through(one(conversations()), user, history);
      }
      case 3, 4, 5 -> {
        if (!acked.isEmpty()) {
          deliver(one(acked));
        }
      }
      case 6 -> {
        if (!acked.isEmpty()) {
          Draft draft = one(acked);
          attempt(
              new Draft(draft.sender(), draft.conversation(), draft.clientId(), "something else"));
        }
      }
      default -> {}
    }
  }

  private List<String> conversations() {
    return Stream.concat(world.conversations(user).stream(), world.groups().stream().map(Group::id))
        .toList();
  }

  /** Tries until it is acknowledged, or refused for good. */
  private void deliver(Draft draft) {
    for (int tries = 1; ; tries++) {
      switch (attempt(draft)) {
        case Attempt.Acked _ -> {
          acked.add(draft);
          return;
        }
        case Attempt.Refused refused when FINAL.contains(refused.code()) -> {
          return;
        }
        case Attempt.Refused _, Attempt.Unanswered _ -> {}
      }
      int tried = tries;
      deadline.check(() -> draft + " was not acknowledged in " + tried + " tries");
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS) + 1L).toNanos());
    }
  }

  private void tryTwiceAtOnce(Draft draft) {
    SplittableRandom others = random.split();
    Thread other = Thread.startVirtualThread(() -> attempt(draft, others));
    deliver(draft);
    try {
      if (!other.join(deadline.left())) {
        throw new AssertionError("a second try of " + draft + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Attempt attempt(Draft draft) {
    return attempt(draft, random);
  }

  private Attempt attempt(Draft draft, SplittableRandom choice) {
    int route = choice.nextInt(devices.size() + 1);
    Route by = route < devices.size() ? devices.get(route) : user.http();
    Attempt attempt = by.attempt(draft, history);
    if (attempt instanceof Attempt.Acked done) {
      world.sent(done.message());
    }
    return attempt;
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
