package parley.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import parley.checker.Entry;
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
  private final AtomicInteger done = new AtomicInteger();

  /**
   * @param sends how many messages, a multiple of 12
   * @param patience how long it may take
   */
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
   * @param messages how many were sent, all copies of one counted once
   * @param tries how often it was tried to send one, each copy counted
   */
  record Result(long messages, long tries, List<Violation> violations) {}

  Result run() {
    World world = meet();
    SplittableRandom random = new SplittableRandom(seed);
    faults.begin(seed);
    try (Weather _ = new Weather(backend, faults, random.split(), sends, done::get)) {
      var _ = Together.get(deadline, tasks(world, random));
    } finally {
      faults.end();
    }
    world.settle();
    List<Violation> violations = world.judge();
    long tries = world.history().of(Entry.Tried.class).count();
    return new Result(done.get(), tries, violations);
  }

  /** Everybody writes with the next one in a circle, and with the one across. */
  private World meet() {
    World world = new World(backend, USERS, deadline);
    List<User> users = world.users();
    for (int i = 0; i < USERS; i++) {
      world.open(users.get(i), users.get((i + 1) % USERS));
      if (i < USERS / 2) {
        world.open(users.get(i), users.get(i + USERS / 2));
      }
      for (int device = 0; device <= i % 2; device++) {
        world.addDevice(users.get(i), i % 3 == 0 ? Dialect.SOCKET_IO : Dialect.PLAIN);
      }
    }
    found(world, 0, "JOINED");
    return world;
  }

  /** Makes a group with two friends whom nobody blocks here. */
  private static int found(World world, int founder, String pastForNewcomers) {
    List<User> users = world.users();
    world.found(
        users.get(founder),
        List.of(users.get((founder + 1) % USERS), users.get((founder + USERS / 2) % USERS)),
        pastForNewcomers);
    return 1;
  }

  /** Every second user blocks the next one in the circle now and then. */
  private static Optional<User> blocked(World world, int user) {
    return user % 2 == 1 ? Optional.of(world.users().get((user + 1) % USERS)) : Optional.empty();
  }

  private List<Callable<Integer>> tasks(World world, SplittableRandom random) {
    List<Callable<Integer>> tasks = new ArrayList<>();
    tasks.add(() -> found(world, 2, "ALL"));
    tasks.add(() -> found(world, 4, "JOINED"));
    int each = sends / (USERS * SENDERS_PER_USER);
    for (int i = 0; i < USERS * SENDERS_PER_USER; i++) {
      User user = world.users().get(i / SENDERS_PER_USER);
      Optional<User> blocked =
          i % SENDERS_PER_USER == 0 ? blocked(world, i / SENDERS_PER_USER) : Optional.empty();
      Changer changer = new Changer(user, blocked, world, random.split());
      Reader reader = new Reader(user, world, random.split());
      Sender sender =
          new Sender("sender-" + i, user, world, changer, reader, random.split(), deadline, done);
      tasks.add(() -> sender.send(each));
    }
    return tasks;
  }
}
