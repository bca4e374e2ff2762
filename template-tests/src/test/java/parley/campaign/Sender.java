package parley.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import parley.checker.Draft;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;

/**
 * Sends messages of a user one after the other, each until it is acknowledged, by whatever route;
 * and now and then does what else happens to users: they lose their network, read old messages,
 * send twice at once, send again what was acknowledged long ago, or something else under its
 * clientId, or give up.
 */
final class Sender {
  private static final int MAX_PAUSE_MILLIS = 150;

  /** Tells walks through the history apart. */
  private static final AtomicInteger WALKS = new AtomicInteger();

  private final String name;
  private final User user;
  private final List<Device> devices;
  private final List<String> conversations;
  private final History history;
  private final SplittableRandom random;
  private final Deadline deadline;
  private final AtomicInteger done;
  private final List<Draft> acked = new ArrayList<>();

  /**
   * @param user whose devices other senders may use too
   * @param done counts the messages that are through
   */
  Sender(
      String name,
      User user,
      World world,
      SplittableRandom random,
      Deadline deadline,
      AtomicInteger done) {
    this.name = name;
    this.user = user;
    this.devices = world.devices(user);
    this.conversations = world.conversations(user);
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
          new Draft(user.id(), one(conversations), name + "-" + i, "message " + i + " of " + name);
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
    }
    return messages;
  }

  private void live() {
    switch (random.nextInt(150)) {
      case 0, 1 -> one(devices).drop();
      case 2 -> walk(one(conversations));
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

  /** Tries until it is acknowledged. */
  private void deliver(Draft draft) {
    for (int tries = 1; !(attempt(draft) instanceof Attempt.Acked); tries++) {
      int tried = tries;
      deadline.check(() -> draft + " was not acknowledged in " + tried + " tries");
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS) + 1L).toNanos());
    }
    acked.add(draft);
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
    return by.attempt(draft, history);
  }

  /** Reads a conversation's history from its newest message to its first one. */
  private void walk(String conversation) {
    int walk = WALKS.incrementAndGet();
    history.add(new Entry.WalkStarted(walk));
    List<Message> messages = new ArrayList<>();
    int size = 30;
    List<Message> page;
    do {
      String from = messages.isEmpty() ? "" : "&cursor=" + messages.getLast().id();
      Optional<Http.Answer> answer =
          user.http()
              .tryGet("/messages?conversationId=" + conversation + "&limit=" + size + from)
              .filter(found -> found.status() == 200);
      if (answer.isEmpty()) {
        return;
      }
      page = answer.get().body().valueStream().map(Wire::message).toList();
      messages.addAll(page);
    } while (page.size() == size);
    history.add(new Entry.Walked(walk, user.id(), conversation, messages));
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
