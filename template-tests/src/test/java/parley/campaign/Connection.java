package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import parley.checker.Link;

/** A device's link: plain frames over a WebSocket. */
final class Connection implements WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long HANDSHAKE_SECONDS = 10;
  private static final long ANSWER_SECONDS = 4;

  private final Device device;
  private final Link link;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<Optional<JsonNode>>> asked = new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile @Nullable WebSocket socket;

  Connection(Device device, Link link) {
    this.device = device;
    this.link = link;
  }

  Link link() {
    return link;
  }

  /** Whether the handshake succeeded. */
  boolean open(URI url, String token) {
    CompletableFuture<WebSocket> handshake =
        CLIENT
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(url, this);
    try {
      WebSocket open = handshake.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      socket = open;
      if (!device.opened(this)) {
        open.abort();
        return false;
      }
      return true;
    } catch (ExecutionException | TimeoutException e) {
      var _ = handshake.thenAccept(WebSocket::abort);
      end();
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Sends an event and waits for its answer; none comes if something fails on the way. */
  Optional<JsonNode> request(String event, Object data) {
    WebSocket open = socket;
    if (open == null) {
      return Optional.empty();
    }
    long id = lastId.incrementAndGet();
    CompletableFuture<Optional<JsonNode>> answer = new CompletableFuture<>();
    asked.put(id, answer);
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("event", event);
    frame.put("id", id);
    frame.put("data", data);
    try {
      send(open, Http.write(frame));
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      asked.remove(id);
    }
  }

  /** One text at a time, as the WebSocket asks. */
  private synchronized void send(WebSocket open, String text)
      throws ExecutionException, TimeoutException, InterruptedException {
    open.sendText(text, true).get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  /** Cuts the link, as a phone does whose network is gone. */
  void abort() {
    end();
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private void end() {
    device.closed(this);
    unanswered();
  }

  private void unanswered() {
    asked.values().forEach(answer -> answer.complete(Optional.empty()));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      take(Http.read(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(JsonNode frame) {
    if (frame.path("event").asText().equals("message:new")) {
      device.received(this, Wire.message(frame.at("/data/message")));
    } else if (frame.has("id")) {
      CompletableFuture<Optional<JsonNode>> answer = asked.get(frame.path("id").asLong());
      if (answer != null) {
        answer.complete(Optional.of(frame));
      }
    } else if (frame.has("requestId")) {
      // The gateway's own error does not say which frame it is about: some function has died.
      unanswered();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
    end();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
