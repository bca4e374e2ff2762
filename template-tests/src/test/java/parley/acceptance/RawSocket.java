package parley.acceptance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A WebSocket whose texts are sent and received as they are. */
final class RawSocket implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CLOSE = "close ";

  private final Recording<String> received = new Recording<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private RawSocket(URI url) {
    socket = CLIENT.newWebSocketBuilder().buildAsync(url, this).join();
  }

  /** A connection as a Socket.IO client opens it. */
  static RawSocket open(Chat chat) {
    return open(chat, "");
  }

  /**
   * @param moreQuery what follows in the query, from its {@code &} on
   */
  static RawSocket open(Chat chat, String moreQuery) {
    return new RawSocket(URI.create(chat.socketUrl() + "?EIO=4&transport=websocket" + moreQuery));
  }

  /** A connection that has been greeted and has said who it is. */
  static RawSocket connected(Chat chat, Person person) {
    RawSocket raw = open(chat);
    try {
      raw.await("0{");
      raw.send("40{\"token\":\"" + person.accessToken() + "\"}");
      raw.await("40{");
      return raw;
    } catch (RuntimeException | AssertionError e) {
      raw.close();
      throw e;
    }
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The first text that begins so. */
  String await(String start) {
    return received.await(
        start, all -> all.stream().filter(text -> text.startsWith(start)).findFirst());
  }

  /** Waits for this many texts that begin so. */
  void awaitCount(String start, int count) {
    var _ =
        received.await(
            count + " times " + start,
            all -> Optional.of(count(start)).filter(found -> found >= count));
  }

  long count(String start) {
    return received.all().stream().filter(text -> text.startsWith(start)).count();
  }

  /** The code that the server closed with. */
  int awaitClose() {
    return Integer.parseInt(await(CLOSE).substring(CLOSE.length()));
  }

  boolean isOpen() {
    return count(CLOSE) == 0;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    received.add(CLOSE + code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    received.add(CLOSE + 1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
