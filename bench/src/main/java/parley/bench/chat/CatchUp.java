package parley.bench.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import parley.bench.client.Api;
import parley.bench.client.Device;
import parley.bench.client.Dialect;

/** Measures how long a user takes to read, page by page, the messages that they missed. */
final class CatchUp {
  private static final int IN_FLIGHT = 16;
  private static final long PATIENCE_SECONDS = 30;
  private static final int PAGE = 100;

  private CatchUp() {}

  /** Sends the messages, catches up by GET /sync, and prints how long that took. */
  static void measure(PrintStream out, HttpClient client, ParleyServer server, int missed)
      throws IOException, InterruptedException {
    Api api = server.api();
    Pair pair = server.pair();
    String cursor = api.call("GET", "/sync", "", pair.receiverToken()).path("cursor").asText();
    try (Device sender =
        Device.connect(client, server.socket(), Dialect.PLAIN, pair.senderToken())) {
      Semaphore free = new Semaphore(IN_FLIGHT);
      AtomicInteger stored = new AtomicInteger();
      sender.listen(
          frame -> {
            if (frame.startsWith("{\"event\":\"ack\"")) {
              stored.incrementAndGet();
              free.release();
            } else if (!frame.startsWith("{\"event\":\"message:new\"")) {
              // API Gateway throttles the stage. It names no command, so one more is sent instead.
              free.release();
            }
          });
      for (int i = 0; stored.get() < missed; i++) {
        if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("no ack after " + stored + " messages");
        }
        sender.send(
            i,
            "send_message",
            "{\"conversationId\":\"%s\",\"content\":\"message %d\"}"
                .formatted(pair.conversation(), i));
      }
    }
    long begin = System.nanoTime();
    int messages = 0;
    int pages = 0;
    boolean more = true;
    while (more) {
      JsonNode page =
          api.call(
              "GET", "/sync?limit=%d&cursor=%s".formatted(PAGE, cursor), "", pair.receiverToken());
      for (JsonNode item : page.path("items")) {
        if (item.path("type").asText().equals("MESSAGE")) {
          messages++;
        }
      }
      cursor = page.path("cursor").asText();
      more = page.path("hasMore").asBoolean();
      pages++;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (messages < missed) {
      throw new IllegalStateException("caught up " + messages + " of " + missed + " messages");
    }
    out.println("| missed messages | pages of 100 | seconds | messages a second |");
    out.println("|--:|--:|--:|--:|");
    out.printf("| %d | %d | %.1f | %.0f |%n%n", missed, pages, seconds, messages / seconds);
  }
}
