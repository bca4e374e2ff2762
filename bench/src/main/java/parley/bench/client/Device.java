package parley.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection, which does as little work as possible for each frame. */
public final class Device implements WebSocket.Listener, AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Dialect dialect;
  private final String token;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final StringBuilder begun = new StringBuilder();
  private volatile Consumer<String> frames = frame -> {};
  private volatile @Nullable Pending pending;
  private @Nullable WebSocket socket;
  private int requests;

  private Device(Dialect dialect, String token) {
    this.dialect = dialect;
    this.token = token;
  }

  private record Pending(int number, CompletableFuture<String> answer) {}

  /** Connects, and returns when the server takes commands. */
  public static Device connect(HttpClient client, URI socket, Dialect dialect, String token) {
    return connecting(client, socket, dialect, token).join();
  }

  /** Connects without blocking the caller. */
  public static CompletableFuture<Device> connecting(
      HttpClient client, URI socket, Dialect dialect, String token) {
    Device device = new Device(dialect, token);
    return client
        .newWebSocketBuilder()
        .buildAsync(dialect.uri(socket, token), device)
        .thenCompose(
            opened -> {
              device.socket = opened;
              return device.connected;
            })
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .thenApply(nothing -> device);
  }

  /** Passes each later frame with an event or an ack to the listener, on the client's thread. */
  public void listen(Consumer<String> listener) {
    frames = listener;
  }

  /** Sends a command without waiting for its ack. */
  public void send(int number, String event, String data) {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    write(open, dialect.command(number, event, data));
  }

  /**
   * Sends a command and waits for its ack. One request of a device is in flight at a time.
   *
   * @return the ack's frame
   * @throws IllegalStateException with the error, if the server refuses the command
   */
  public synchronized String request(String event, String data) {
    Pending asked = new Pending(++requests, new CompletableFuture<>());
    pending = asked;
    send(asked.number(), event, data);
    String answer = asked.answer().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (answer.contains("\"error\"")) {
      throw new IllegalStateException(event + ": " + answer);
    }
    return answer;
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (dialect == Dialect.PLAIN) {
      connected.complete(null);
    }
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    if (last && begun.isEmpty()) {
      take(from, text.toString());
    } else {
      begun.append(text);
      if (last) {
        String frame = begun.toString();
        begun.setLength(0);
        take(from, frame);
      }
    }
    from.request(1);
    return null;
  }

  private void take(WebSocket from, String frame) {
    if (dialect == Dialect.SOCKET_IO) {
      if (frame.startsWith("0")) {
        write(from, "40{\"token\":\"%s\"}".formatted(token));
        return;
      }
      if (frame.equals("2")) {
        write(from, "3");
        return;
      }
      if (frame.startsWith("40")) {
        connected.complete(null);
        return;
      }
    }
    Pending waiting = pending;
    if (waiting != null && dialect.answers(frame, waiting.number())) {
      pending = null;
      waiting.answer().complete(frame);
    }
    frames.accept(frame);
  }

  private void write(WebSocket to, String frame) {
    CompletableFuture<?> _ =
        to.sendText(frame, true)
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    fail(failure);
                  }
                });
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    fail(failure);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    fail(new IllegalStateException("closed by the server: " + status + " " + reason));
    return null;
  }

  /** Ends whatever waits for the server, instead of letting it run into its time limit. */
  private void fail(Throwable failure) {
    connected.completeExceptionally(failure);
    Pending waiting = pending;
    if (waiting != null) {
      waiting.answer().completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
