package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import parley.checker.Checker;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;
import parley.checker.Violation;

/**
 * One run: some users with phones, conversations between them, messages while things fail, then
 * quiet, and the checker's judgement. All that is chosen by chance follows from the seed.
 */
final class Round {
  private static final int USERS = 6;
  private static final int SENDERS_PER_USER = 2;

  private final Backend backend;
  private final SeededFaults faults;
  private final long seed;
  private final int sends;
  private final Deadline deadline;
  private final History history = new History();
  private final AtomicInteger done = new AtomicInteger();
  private final List<User> users = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final Map<User, List<String>> conversations = new HashMap<>();

  Round(Backend backend, SeededFaults faults, long seed, int sends, Duration patience) {
    this.backend = backend;
    this.faults = faults;
    this.seed = seed;
    this.sends = sends;
    this.deadline = new Deadline(patience);
  }

  /**
   * What a round was like.
   *
   * @param messages how many were sent
   * @param tries how often it was tried to send one
   */
  record Result(long messages, long tries, List<Violation> violations) {}

  Result run() {
    meet();
    SplittableRandom random = new SplittableRandom(seed);
    faults.begin(seed);
    try (Weather _ = new Weather(backend, faults, random.split(), sends, done::get)) {
      chat(random);
    } finally {
      faults.end();
    }
    settle();
    gather();
    return new Result(
        history.of(Entry.Tried.class).map(tried -> tried.draft().clientId()).distinct().count(),
        history.of(Entry.Tried.class).count(),
        Checker.check(history));
  }

  /** How many messages are through until now. */
  int done() {
    return done.get();
  }

  /** Everybody writes with the next two in a circle, and with the one across. */
  private void meet() {
    together(java.util.Collections.nCopies(USERS, () -> {
      User user = User.register(backend.http());
      synchronized (users) {
        users.add(user);
      }
    }));
    for (int i = 0; i < USERS; i++) {
      open(users.get(i), users.get((i + 1) % USERS));
      if (i < USERS / 2) {
        open(users.get(i), users.get(i + USERS / 2));
      }
      for (int device = 0; device <= i % 2; device++) {
        devices.add(
            new Device("device " + device + " of user " + i, users.get(i), backend.socket(), history));
      }
    }
    devices.forEach(Device::tend);
  }

  private void open(User one, User other) {
    String conversation = one.converse(other);
    history.add(new Entry.Opened(conversation, Set.of(one.id(), other.id())));
    for (User user : List.of(one, other)) {
      conversations.computeIfAbsent(user, key -> new ArrayList<>()).add(conversation);
    }
  }

  private void chat(SplittableRandom random) {
    List<Runnable> senders = new ArrayList<>();
    int each = sends / (USERS * SENDERS_PER_USER);
    for (int i = 0; i < USERS; i++) {
      User user = users.get(i);
      for (int j = 0; j < SENDERS_PER_USER; j++) {
        Sender sender =
            new Sender(
                "sender-" + i + "-" + j,
                user,
                devices.stream().filter(device -> device.user().equals(user)).toList(),
                conversations.getOrDefault(user, List.of()),
                history,
                random.split(),
                deadline,
                done);
        senders.add(() -> sender.send(each));
      }
    }
    together(senders);
  }

  /** Runs all at once and waits for all. */
  private void together(List<Runnable> tasks) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(threads.submit(task)));
      try {
        for (Future<?> future : futures) {
          future.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (ExecutionException e) {
        throw new AssertionError("a client failed", e.getCause());
      } catch (TimeoutException e) {
        throw new AssertionError("clients hang after " + done + " messages", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  /** Waits until nothing is under way any more, and four minutes longer in simulated time. */
  private void settle() {
    for (int minute = 0; minute < 4; minute++) {
      backend.passes(Duration.ofMinutes(1));
      deadline.await(() -> "functions still run: " + backend.running(), backend::isIdle);
    }
    // What was posted has arrived when a link answers; one that does not has been cut.
    devices.stream().filter(device -> !device.isAlive()).forEach(Device::drop);
    history.add(new Entry.Settled());
  }

  /** Has everybody catch up, and reads what the server says and what is stored. */
  private void gather() {
    for (Device device : devices) {
      deadline.await(() -> device + " cannot catch up", device::catchUp);
      device.drop();
    }
    for (User user : users) {
      for (JsonNode conversation : user.http().get("/conversations").require()) {
        history.add(
            new Entry.Counted(
                user.id(),
                conversation.path("id").asText(),
                conversation.path("lastSeq").asLong(),
                conversation.path("lastReadSeq").asLong()));
      }
    }
    Set<String> all = new java.util.HashSet<>();
    conversations.values().forEach(all::addAll);
    for (Message message : backend.stored(all)) {
      history.add(new Entry.Stored(message));
    }
  }
}
