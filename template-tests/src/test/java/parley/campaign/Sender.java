package parley.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import parley.checker.Draft;
import parley.checker.Forward;
import parley.checker.History;
import parley.checker.Message;

/**
 * Sends messages, answers and copies of a user one after the other, each until it is acknowledged,
 * by whatever route; and now and then does what else happens to users: they lose their network,
 * read old messages, send twice at once, send again what was acknowledged long ago, or something
 * else under its clientId, or give up.
 */
final class Sender {
  private static final int MAX_PAUSE_MILLIS = 150;
  private static final int CHANGES_EVERY = 5;
  private static final int RECEIPTS_EVERY = 4;

  /**
   * Answers to who is not in the group, to who blocks the other one, and to who answers or copies
   * what is not there: there is no use in it.
   */
  private static final Set<String> FINAL =
      Set.of(
          "CONVERSATION_NOT_FOUND",
          "BLOCKED_BY_YOU",
          "MESSAGE_NOT_FOUND",
          "MESSAGE_DELETED",
          "CLIENT_ID_REUSED");

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
  private final List<Sending> acked = new ArrayList<>();

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
      Sending next = next(i);
      switch (random.nextInt(50)) {
        case 0 -> tryTwiceAtOnce(next);
        case 1 -> {
          // If that was not answered the user does not ask again.
          if (attempt(next) instanceof Attempt.Acked) {
            acked.add(next);
          }
        }
        default -> deliver(next);
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

  /** Something new, an answer to a message, or copies of one. */
  private Sending next(int number) {
    String clientId = name + "-" + number;
    String conversation = one(world.chats(user));
    Draft text = new Draft(user.id(), conversation, clientId, "message " + number + " of " + name);
    Optional<Message> other = other();
    int kind = random.nextInt(8);
    if (other.isEmpty() || kind > 2) {
      return new Sending.Text(text);
    }
    return kind == 0 ? copies(other.get(), conversation, clientId) : answer(text, other.get());
  }

  /** One of the messages that were sent not long ago, mostly where the user may be. */
  private Optional<Message> other() {
    List<String> chats = world.chats(user);
    boolean anywhere = random.nextInt(10) == 0;
    return maybe(
        world.sent().stream()
            .filter(message -> anywhere || chats.contains(message.conversation()))
            .toList());
  }

  /** Copies in one or two conversations, rarely where the message is from, whose ever that is. */
  private Sending copies(Message message, String conversation, String clientId) {
    String second = random.nextInt(10) == 0 ? message.conversation() : one(world.chats(user));
    List<String> targets = Stream.of(conversation, second).distinct().toList();
    return new Sending.Copies(
        new Forward(
            user.id(),
            message.id(),
            random.nextBoolean() ? targets : List.of(conversation),
            clientId));
  }

  /** An answer where the message is from if the user might be there, and rarely somewhere else. */
  private Sending answer(Draft text, Message message) {
    boolean there = world.chats(user).contains(message.conversation()) && random.nextInt(10) > 0;
    return new Sending.Text(
        new Draft(
            text.sender(),
            there ? message.conversation() : text.conversation(),
            text.clientId(),
            text.content(),
            message.id(),
            Optional.empty()));
  }

  private void live() {
    switch (random.nextInt(150)) {
      case 0, 1 -> one(devices).drop();
      case 2 -> {
        boolean _ = Walk.through(one(world.chats(user)), user, history);
      }
      case 3, 4 -> {
        boolean _ = Search.in(one(world.chats(user)), user, history);
      }
      case 5, 6, 7 -> maybe(acked).ifPresent(this::deliver);
      case 8, 9 ->
          maybe(acked.stream().filter(Sending.Copies.class::isInstance).toList())
              .ifPresent(this::deliver);
      case 10 ->
          maybe(acked)
              .map(sending -> one(sending.drafts()))
              .ifPresent(
                  draft ->
                      attempt(
                          new Sending.Text(
                              new Draft(
                                  draft.sender(),
                                  draft.conversation(),
                                  draft.clientId(),
                                  "something else"))));
      default -> {}
    }
  }

  /** Tries until it is acknowledged, or refused for good. */
  private void deliver(Sending sending) {
    for (int tries = 1; ; tries++) {
      switch (attempt(sending)) {
        case Attempt.Acked _ -> {
          acked.add(sending);
          return;
        }
        case Attempt.Refused refused when FINAL.contains(refused.code()) -> {
          return;
        }
        case Attempt.Refused _, Attempt.Unanswered _ -> {}
      }
      int tried = tries;
      deadline.check(() -> sending + " was not acknowledged in " + tried + " tries");
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS) + 1L).toNanos());
    }
  }

  private void tryTwiceAtOnce(Sending sending) {
    SplittableRandom others = random.split();
    Thread other = Thread.startVirtualThread(() -> attempt(sending, others));
    deliver(sending);
    try {
      if (!other.join(deadline.left())) {
        throw new AssertionError("a second try of " + sending + " did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Attempt attempt(Sending sending) {
    return attempt(sending, random);
  }

  private Attempt attempt(Sending sending, SplittableRandom choice) {
    int route = choice.nextInt(devices.size() + 1);
    Route by = route < devices.size() ? devices.get(route) : user.http();
    Attempt attempt = by.attempt(sending, history);
    if (attempt instanceof Attempt.Acked done) {
      done.messages().forEach(world::sent);
    }
    return attempt;
  }

  private <T> Optional<T> maybe(List<T> things) {
    return things.isEmpty() ? Optional.empty() : Optional.of(one(things));
  }

  private <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
