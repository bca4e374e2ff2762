package parley.bench.client;

import java.net.URI;
import java.util.Locale;

/** The protocol of a client's frames over its WebSocket. */
public enum Dialect {
  /** Parley's JSON frames. */
  PLAIN("plain") {
    @Override
    URI uri(URI socket, String token) {
      return URI.create(socket + "?token=" + token);
    }

    @Override
    String command(int number, String event, String data) {
      return "{\"event\":\"%s\",\"id\":%d,\"data\":%s}".formatted(event, number, data);
    }

    @Override
    boolean answers(String frame, int number) {
      return frame.startsWith("{\"event\":\"ack\",\"id\":" + number + ",")
          || frame.startsWith("{\"event\":\"error\",\"id\":" + number + ",");
    }
  },
  /** Socket.IO frames, in version 4 of its transport. */
  SOCKET_IO("Socket.IO") {
    @Override
    URI uri(URI socket, String token) {
      return URI.create(socket + "?EIO=4&transport=websocket");
    }

    @Override
    String command(int number, String event, String data) {
      return "42%d[\"%s\",%s]".formatted(number, event, data);
    }

    @Override
    boolean answers(String frame, int number) {
      return frame.startsWith("43" + number + "[");
    }
  };

  private final String label;

  Dialect(String label) {
    this.label = label;
  }

  /** The address of a connection. A Socket.IO client gives its token after it has connected. */
  abstract URI uri(URI socket, String token);

  /** The frame that sends a command and asks for an ack. */
  abstract String command(int number, String event, String data);

  /** Whether a frame is the ack, or the error, of a command. */
  abstract boolean answers(String frame, int number);

  /** How a system property names it. */
  public String property() {
    return name().replace("_", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return label;
  }
}
