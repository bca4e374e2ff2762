package parley.bench.chat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.bench.client.Device;
import parley.bench.client.Dialect;

/** Pairs of users, each with one message in flight: the next is sent when the other has it. */
final class ClosedLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Conversation> conversations = new ArrayList<>();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
  private volatile long measuredFrom = Long.MAX_VALUE;
  private volatile boolean over;

  /**
   * The figures of one measurement.
   *
   * @param millis how long each message took, sorted
   * @param cpu of a message, in milliseconds
   */
  record Result(double messagesPerSecond, double[] millis, Cpu cpu) {
    double percentile(int percent) {
      return millis.length == 0 ? Double.NaN : millis[(millis.length - 1) * percent / 100];
    }
  }

  /**
   * Runs the pairs.
   *
   * @param warm how long before it is measured
   * @param measured how long it is measured
   * @throws IllegalStateException if a message fails or does not come
   */
  static Result run(
      HttpClient client,
      ChatServer server,
      Dialect dialect,
      List<Pair> pairs,
      Path postgresData,
      Duration warm,
      Duration measured)
      throws IOException, InterruptedException {
    ClosedLoop loop = new ClosedLoop();
    try {
      for (Pair pair : pairs) {
        loop.conversations.add(loop.new Conversation(client, server, dialect, pair));
      }
      return loop.run(server, postgresData, warm, measured);
    } finally {
      loop.conversations.forEach(Conversation::close);
    }
  }

  private Result run(ChatServer server, Path postgresData, Duration warm, Duration measured)
      throws IOException, InterruptedException {
    conversations.forEach(Conversation::send);
    Thread.sleep(warm);
    Cpu.Reading before = Cpu.Reading.now(server.process(), postgresData);
    long start = System.nanoTime();
    measuredFrom = start;
    Thread.sleep(measured);
    over = true;
    double seconds = (System.nanoTime() - start) / 1e9;
    Cpu cpu = Cpu.Reading.now(server.process(), postgresData).since(before);
    for (Conversation conversation : conversations) {
      if (!conversation.done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a message did not come; " + failure.get());
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    double[] millis =
        conversations.stream()
            .flatMap(conversation -> conversation.millis.stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int count = millis.length;
    return new Result(
        count / seconds,
        millis,
        new Cpu(cpu.server() / count, cpu.postgres() / count, cpu.clients() / count));
  }

  private final class Conversation implements AutoCloseable {
    private final Pair pair;
    private final Device sender;
    private final Device receiver;
    private final List<Double> millis = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private int number;
    private String expected = "";
    private long sent;

    Conversation(HttpClient client, ChatServer server, Dialect dialect, Pair pair) {
      this.pair = pair;
      sender = Device.connect(client, server.socket(), dialect, pair.senderToken());
      receiver = Device.connect(client, server.socket(), dialect, pair.receiverToken());
      receiver.listen(this::received);
      sender.listen(
          frame -> {
            if (frame.contains("\"error\"")) {
              failure.compareAndSet(null, frame);
            }
          });
    }

    /** Is called by one thread at a time: the next message is sent when the last one has come. */
    synchronized void send() {
      number++;
      String content = "message " + number + " of a benchmark";
      expected = "\"" + content + "\"";
      String data =
          "{\"conversationId\":\"%s\",\"content\":%s,\"clientId\":\"%s-%d\"}"
              .formatted(pair.conversation(), expected, run, number);
      sent = System.nanoTime();
      sender.send(number, "send_message", data);
    }

    private synchronized void received(String frame) {
      long now = System.nanoTime();
      if (!frame.contains("\"message:new\"") || !frame.contains(expected)) {
        return;
      }
      if (over) {
        done.countDown();
        return;
      }
      if (sent >= measuredFrom) {
        millis.add((now - sent) / 1e6);
      }
      send();
    }

    @Override
    public void close() {
      sender.close();
      receiver.close();
    }
  }
}
