package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import parley.checker.Entry;
import parley.checker.History;
import parley.checker.Message;

/**
 * Says for a user how far they are, also in conversations that are not theirs and past the last
 * message, and reads how far all are. What is not answered is said again some times.
 */
final class Reader {
  private static final int TRIES = 3;
  private static final long PAUSE_NANOS = 60_000_000;

  /** So much further than any conversation of a round gets. */
  private static final long TOO_FAR = 1_000_000;

  private final User user;
  private final World world;
  private final History history;
  private final SplittableRandom random;

  Reader(User user, World world, SplittableRandom random) {
    this.user = user;
    this.world = world;
    this.history = world.history();
    this.random = random;
  }

  /** Has received, or read, up to one of the messages that were sent not long ago. */
  void read() {
    List<Message> messages = world.sent();
    if (messages.isEmpty()) {
      return;
    }
    Message message = messages.get(random.nextInt(messages.size()));
    if (random.nextInt(4) == 0) {
      look(message.conversation());
      return;
    }
    long seq = random.nextInt(30) == 0 ? message.seq() + TOO_FAR : message.seq();
    boolean read = random.nextBoolean();
    for (int i = 0; i < TRIES; i++) {
      if (move(message.conversation(), read ? 0 : seq, read ? seq : 0)) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Gives whether there is no use in another try. */
  private boolean move(String conversation, long delivered, long read) {
    int number = world.nextChange();
    history.add(new Entry.Moving(number, user.id(), conversation, delivered, read));
    boolean byDevice = random.nextBoolean();
    Optional<JsonNode> answer =
        byDevice ? byDevice(conversation, delivered, read) : byHttp(conversation, delivered, read);
    if (answer.isEmpty()) {
      return false;
    }
    JsonNode body = answer.get();
    if (body.has("code")) {
      String code = body.path("code").asText();
      history.add(new Entry.MoveRefused(number, code));
      return code.equals("CONVERSATION_NOT_FOUND") || code.equals("SEQ_OUT_OF_RANGE");
    }
    history.add(
        new Entry.Moved(number, body.path("deliveredSeq").asLong(), body.path("readSeq").asLong()));
    return true;
  }

  private Optional<JsonNode> byDevice(String conversation, long delivered, long read) {
    List<Device> devices = world.devices(user);
    return devices
        .get(random.nextInt(devices.size()))
        .request(
            read > 0 ? "message_read" : "message_delivered",
            Map.of("conversationId", conversation, "seq", Math.max(delivered, read)))
        .map(Dialect.Frame.Answer::content);
  }

  /** An error of the gateway's own is no answer. */
  private Optional<JsonNode> byHttp(String conversation, long delivered, long read) {
    return user.http()
        .tryPost(
            path(conversation),
            read > 0 ? Map.of("readSeq", read) : Map.of("deliveredSeq", delivered))
        .filter(answer -> answer.status() == 200 || answer.body().has("code"))
        .map(Http.Answer::body);
  }

  private void look(String conversation) {
    List<Device> devices = world.devices(user);
    devices.get(random.nextInt(devices.size())).open(conversation);
    String reading = "reading " + world.nextChange();
    history.add(new Entry.ReceiptsAsked(reading));
    user.http()
        .tryGet(path(conversation))
        .filter(answer -> answer.status() == 200)
        .ifPresent(
            answer -> Wire.receipts(reading, user.id(), answer.body()).forEach(history::add));
  }

  private static String path(String conversation) {
    return "/conversations/" + conversation + "/receipts";
  }
}
