package parley.campaign;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
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

/** A device's link. */
final class Connection implements WebSocket.Listener {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long HANDSHAKE_SECONDS = 10;
  private static final long ANSWER_SECONDS = 4;

  private final Device device;
  private final Link link;
  private final Dialect dialect;
  private final CompletableFuture<@Nullable Void> greeted = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> admitted = new CompletableFuture<>();
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<Optional<Dialect.Frame.Answer>>> asked =
      new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile @Nullable WebSocket socket;

  Connection(Device device, Link link, Dialect dialect) {
    this.device = device;
    this.link = link;
    this.dialect = dialect;
  }

  Link link() {
    return link;
  }

  /** Whether the handshake succeeded. */
  boolean open(URI url, String token) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (dialect == Dialect.PLAIN) {
      builder.header("Authorization", "Bearer " + token);
    }
    CompletableFuture<WebSocket> handshake = builder.buildAsync(dialect.url(url), this);
    try {
      WebSocket open = handshake.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      if (dialect == Dialect.SOCKET_IO) {
        greeted.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        send(open, "40" + Http.write(Map.of("token", token)));
        admitted.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      }
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
  Optional<Dialect.Frame.Answer> request(String event, Object data) {
    WebSocket open = socket;
    if (open == null) {
      return Optional.empty();
    }
    long id = lastId.incrementAndGet();
    CompletableFuture<Optional<Dialect.Frame.Answer>> answer = new CompletableFuture<>();
    asked.put(id, answer);
    try {
      send(open, dialect.request(id, event, data));
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
      take(from, dialect.read(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(WebSocket from, Dialect.Frame frame) {
    switch (frame) {
      case Dialect.Frame.Event event -> device.told(this, event);
      case Dialect.Frame.Answer answer -> {
        CompletableFuture<Optional<Dialect.Frame.Answer>> waiting = asked.get(answer.id());
        if (waiting != null) {
          waiting.complete(Optional.of(answer));
        }
      }
      case Dialect.Frame.Failure _ -> unanswered();
      case Dialect.Frame.Greeting _ -> greeted.complete(null);
      case Dialect.Frame.Admitted _ -> admitted.complete(null);
      case Dialect.Frame.Ping _ -> Thread.startVirtualThread(() -> pong(from));
      case Dialect.Frame.Other _ -> {}
    }
  }

  private void pong(WebSocket to) {
    try {
      send(to, "3");
    } catch (ExecutionException | TimeoutException e) {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
