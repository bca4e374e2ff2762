package parley.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A device with an open connection that speaks plain frames. It records what it receives, holds
 * every frame against the contract, and waits for frames with a deadline.
 */
final class Phone implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration HANDSHAKE = Duration.ofSeconds(20);

  /** How a client hands over its token when it connects. */
  enum TokenIn {
    HEADER,
    SUBPROTOCOL
  }

  private final Inbox inbox = new Inbox();
  private final AtomicLong lastId = new AtomicLong();
  private final WebSocket socket;

  private Phone(URI url, Map<String, String> headers, List<String> protocols) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (!protocols.isEmpty()) {
      builder.subprotocols(
          protocols.getFirst(), protocols.subList(1, protocols.size()).toArray(String[]::new));
    }
    socket = waitFor(builder.buildAsync(url, inbox), "the handshake");
  }

  static Phone connect(URI url, String token, TokenIn tokenIn) {
    return switch (tokenIn) {
      case HEADER -> new Phone(url, Map.of("Authorization", "Bearer " + token), List.of());
      case SUBPROTOCOL -> new Phone(url, Map.of(), List.of("bearer", token));
    };
  }

  /** The status that a handshake is refused with; 101 if it is not. */
  static int handshake(URI url, Map<String, String> headers, List<String> protocols) {
    try {
      new Phone(url, headers, protocols).close();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        return refusal.getResponse().statusCode();
      }
      throw e;
    }
  }

  /** The subprotocol that the server accepted, empty for none. */
  String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Sends a text as it is, be it a frame or not. */
  synchronized void send(String text) {
    waitFor(socket.sendText(text, true), "sending");
  }

  /** Sends an event and gives the answer to it, an ack or an error. */
  Frame request(String event, Object data) {
    long id = lastId.incrementAndGet();
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("event", event);
    frame.put("id", id);
    frame.put("data", data);
    send(Json.write(frame));
    return await("the answer to " + event, received -> received.answers(id));
  }

  /** Sends a message and gives the answer. */
  Frame say(String conversation, String content) {
    return request("send_message", Map.of("conversationId", conversation, "content", content));
  }

  /** The first frame, received already or to come, that fits. */
  Frame await(String what, Predicate<Frame> predicate) {
    return inbox.await(what, frames -> frames.stream().filter(predicate).findFirst());
  }

  Frame awaitEvent(String event) {
    return await(event, frame -> frame.is(event));
  }

  /** The first {@code message:new} with this content. */
  Frame awaitMessage(String content) {
    return await("the message " + content, frame -> frame.isMessage(content));
  }

  /** Waits until this many frames of an event are there. */
  List<Frame> awaitCount(String event, int count) {
    return inbox.await(
        count + " frames " + event,
        frames -> Optional.of(of(event, frames)).filter(found -> found.size() >= count));
  }

  /** The code with which the server closed the connection. */
  int awaitClose() {
    return inbox.awaitClose();
  }

  boolean isOpen() {
    return !inbox.isClosed();
  }

  /**
   * All frames but acks that were posted to this connection before this call: an answer of the
   * server comes after them. Without {@code presence}, which comes when friends connect, some time
   * later.
   */
  List<Frame> everythingSoFar() {
    request("leave_conversation", "00000000-0000-7000-8000-000000000000").acked();
    return inbox.frames().stream()
        .filter(frame -> !frame.is("ack") && !frame.is("presence"))
        .toList();
  }

  List<Frame> received(String event) {
    return of(event, inbox.frames());
  }

  /** Vanishes without closing, as a phone does whose network is gone. */
  void die() {
    socket.abort();
  }

  @Override
  public void close() {
    try {
      waitFor(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""), "closing");
    } catch (CompletionException e) {
      // The server closed it first.
    }
  }

  private static List<Frame> of(String event, List<Frame> frames) {
    return frames.stream().filter(frame -> frame.is(event)).toList();
  }

  private static <T> T waitFor(CompletableFuture<T> future, String what) {
    try {
      return future.get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(what + " failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(what + " took too long", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What has arrived. */
  private static final class Inbox implements WebSocket.Listener {
    private static final int NOT_CLOSED = -1;
    private static final int BROKEN = 1006;

    private final StringBuilder partial = new StringBuilder();
    private final List<Frame> frames = new ArrayList<>();
    private int closeCode = NOT_CLOSED;
    private @Nullable Throwable failure;

    synchronized List<Frame> frames() {
      return List.copyOf(frames);
    }

    synchronized boolean isClosed() {
      return closeCode != NOT_CLOSED;
    }

    int awaitClose() {
      return await(
          "the close", all -> closeCode == NOT_CLOSED ? Optional.empty() : Optional.of(closeCode));
    }

    synchronized <T> T await(String what, Function<List<Frame>, Optional<T>> search) {
      Patience.Wait wait = Patience.begin();
      while (true) {
        if (failure != null) {
          throw new AssertionError("a frame broke the contract", failure);
        }
        Optional<T> found = search.apply(frames);
        if (found.isPresent()) {
          return found.get();
        }
        if (wait.isOver()) {
          throw new AssertionError(
              what + " did not come; closed: " + closeCode + ", received: " + frames);
        }
        try {
          wait(wait.pause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        receive(partial.toString());
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void receive(String text) {
      try {
        ContractCheck.frame(text);
        frames.add(new Frame(Json.read(text)));
      } catch (RuntimeException | AssertionError e) {
        failure = e;
      }
      notifyAll();
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onClose(
        WebSocket socket, int statusCode, String reason) {
      closeCode = statusCode;
      notifyAll();
      return null;
    }

    @Override
    public synchronized void onError(WebSocket socket, Throwable error) {
      closeCode = BROKEN;
      notifyAll();
    }
  }
}
