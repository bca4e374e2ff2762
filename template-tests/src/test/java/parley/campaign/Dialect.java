package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames that a device speaks. */
enum Dialect {
  PLAIN {
    @Override
    URI url(URI socket) {
      return socket;
    }

    @Override
    String request(long id, String event, Object data) {
      Map<String, Object> frame = new LinkedHashMap<>();
      frame.put("event", event);
      frame.put("id", id);
      frame.put("data", data);
      return Http.write(frame);
    }

    @Override
    Frame read(String text) {
      JsonNode frame = Http.read(text);
      String event = frame.path("event").asText();
      if (frame.has("id")) {
        JsonNode content = event.equals("ack") ? frame.path("data") : frame.path("error");
        return new Frame.Answer(frame.path("id").asLong(), event.equals("ack"), content);
      }
      return event.isEmpty() ? gatewaysOwn(text) : new Frame.Event(event, frame.path("data"));
    }
  },

  /** As the stock Socket.IO clients do over WebSocket; these themselves are tested elsewhere. */
  SOCKET_IO {
    private static final Pattern ACK = Pattern.compile("43(\\d+)(\\[.*)", Pattern.DOTALL);

    @Override
    URI url(URI socket) {
      return URI.create(socket + "?EIO=4&transport=websocket");
    }

    @Override
    String request(long id, String event, Object data) {
      return "42" + id + Http.write(List.of(event, data));
    }

    @Override
    Frame read(String text) {
      Matcher ack = ACK.matcher(text);
      if (ack.matches()) {
        JsonNode data = Http.read(ack.group(2)).path(0);
        boolean succeeded = !data.has("error");
        return new Frame.Answer(
            Long.parseLong(ack.group(1)), succeeded, succeeded ? data : data.path("error"));
      }
      if (text.startsWith("42")) {
        JsonNode event = Http.read(text.substring(2));
        return new Frame.Event(event.path(0).asText(), event.path(1));
      }
      if (text.startsWith("40")) {
        return new Frame.Admitted();
      }
      return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
        case '0' -> new Frame.Greeting();
        case '2' -> new Frame.Ping();
        default -> gatewaysOwn(text);
      };
    }
  };

  /** Where a device connects to. */
  abstract URI url(URI socket);

  /** An event that wants an answer. */
  abstract String request(long id, String event, Object data);

  /** What came from the server. */
  abstract Frame read(String text);

  /** The gateway's own error does not say which frame it is about: some function has died. */
  private static Frame gatewaysOwn(String text) {
    return Http.read(text).has("requestId") ? new Frame.Failure() : new Frame.Other();
  }

  /** A frame from the server. */
  sealed interface Frame {
    record Event(String name, JsonNode data) implements Frame {}

    /**
     * The answer to a request.
     *
     * @param content what it gave, or the error
     */
    record Answer(long id, boolean succeeded, JsonNode content) implements Frame {}

    record Failure() implements Frame {}

    /** Socket.IO: the client may say who it is. */
    record Greeting() implements Frame {}

    /** Socket.IO: the client is let in. */
    record Admitted() implements Frame {}

    /** Socket.IO: to be answered with a pong. */
    record Ping() implements Frame {}

    record Other() implements Frame {}
  }
}
