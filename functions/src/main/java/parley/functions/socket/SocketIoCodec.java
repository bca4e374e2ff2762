package parley.functions.socket;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.connection.ConnectionId;
import parley.connection.Slot;
import parley.delivery.ConnectionExpiring;
import parley.delivery.ServerEvent;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.json.Json;

/**
 * The frames of stock Socket.IO clients: Engine.IO protocol 4
 * (https://github.com/socketio/engine.io-protocol) and in its messages Socket.IO protocol 5
 * (https://github.com/socketio/socket.io-protocol), over WebSocket only, the main namespace only,
 * text only.
 */
public final class SocketIoCodec implements FrameCodec {
  private static final String PING = "2";
  private static final String NOOP = "6";
  private static final String CONNECT = "40";
  private static final String EVENT = "42";
  private static final String ACK = "43";
  private static final String CONNECT_ERROR = "44";

  /** No Engine.IO packet begins so: clients drop the link, as after any packet they cannot read. */
  private static final String UNREADABLE = "{}";

  /**
   * Every second turn of a connection is a ping, so they are two periods apart; a ping may be late,
   * by a minute's tick and some more, before the client gives the connection up.
   */
  private static final long PING_INTERVAL_MILLIS = Slot.PERIOD.multipliedBy(2).toMillis();

  private static final long PING_TIMEOUT_MILLIS = Slot.PERIOD.dividedBy(2).toMillis();

  /** API Gateway's limit of a WebSocket frame; the clients send a message in one. */
  private static final int MAX_PAYLOAD = 32_768;

  /** What the rest of a message is made of: {@code /namespace,} and an ack id and the payload. */
  private static final Pattern MESSAGE =
      Pattern.compile("(?:(/[^,]*),)?(\\d*)(.*)", Pattern.DOTALL);

  private static final int MAX_NAMESPACE = 64;
  private static final Pattern NAMESPACE = Pattern.compile("/[A-Za-z0-9_./:-]*");

  /** More than any client counts to; up to here a number is exact in JavaScript too. */
  private static final int MAX_ID_DIGITS = 15;

  /** What the clients themselves refuse to emit (socket.io-client, RESERVED_EVENTS). */
  private static final Set<String> RESERVED_EVENTS =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  @Override
  public ClientFrame decode(String text) {
    if (text.isEmpty()) {
      throw malformed("the packet is empty");
    }
    return switch (text.charAt(0)) {
      case '1' -> new ClientFrame.Leave();
      case '3', '6' -> new ClientFrame.Nothing();
      case '4' -> message(text);
      default -> throw malformed("this is no Engine.IO packet that a client sends");
    };
  }

  private static ClientFrame message(String text) {
    if (text.length() < 2) {
      throw malformed("the message is empty");
    }
    // The pattern matches every text.
    MatchResult message = MESSAGE.matcher(text.substring(2)).results().findFirst().orElseThrow();
    String namespace = message.group(1);
    if (namespace != null && !namespace.equals("/")) {
      return foreign(text.substring(0, 2), namespace);
    }
    String id = message.group(2);
    String payload = message.group(3);
    return switch (text.charAt(1)) {
      case '0' -> new ClientFrame.Connect(SocketIoConnect.read(id + payload));
      case '1' -> new ClientFrame.Leave();
      case '2' -> event(id, payload);
      // The server asks for no acknowledgement, so that this answers nothing.
      case '3' -> new ClientFrame.Nothing();
      case '5', '6' -> throw malformed("binary packets are not supported");
      default -> throw malformed("this is no Socket.IO packet that a client sends");
    };
  }

  /** Socket.IO's own server answers so for a namespace that it does not have. */
  private static ClientFrame foreign(String type, String namespace) {
    if (!type.equals(CONNECT)
        || namespace.length() > MAX_NAMESPACE
        || !NAMESPACE.matcher(namespace).matches()) {
      throw malformed("there is only the main namespace");
    }
    return new ClientFrame.Refused(
        CONNECT_ERROR + namespace + "," + Json.write(Map.of("message", "Invalid namespace")));
  }

  private static ClientFrame event(String digits, String payload) {
    if (digits.length() > MAX_ID_DIGITS) {
      throw malformed("the ack id is longer than " + MAX_ID_DIGITS + " digits");
    }
    @Nullable Object id = digits.isEmpty() ? null : Long.valueOf(digits);
    if (!(Json.read(payload) instanceof List<?> arguments)
        || arguments.isEmpty()
        || !(arguments.getFirst() instanceof String name)) {
      throw malformed("an event is an array that begins with its name");
    }
    if (RESERVED_EVENTS.contains(name)) {
      throw malformed("this event's name is reserved");
    }
    return new ClientFrame.Request(id, () -> command(name, arguments));
  }

  private static ClientCommand command(String name, List<?> arguments) {
    if (arguments.size() > 2) {
      throw ChatException.invalid("an event has one argument");
    }
    return ClientCommand.read(name, arguments.size() == 2 ? arguments.getLast() : null);
  }

  @Override
  public String ack(Object id, Object data) {
    return ACK + id + Json.write(List.of(data));
  }

  @Override
  public String error(@Nullable Object id, ChatException error) {
    ErrorData data = new ErrorData(error.code(), error.getMessage());
    return id == null ? event("error", data) : ack(id, Map.of("error", data));
  }

  @Override
  public String event(ServerEvent event) {
    return event(event.name(), event.data());
  }

  private static String event(String name, Object data) {
    return EVENT + Json.write(List.of(name, data));
  }

  /** The clients connect again by themselves, and need no warning. */
  @Override
  public Optional<String> expiring(ConnectionExpiring event) {
    return Optional.empty();
  }

  /**
   * A ping and a noop by turns. Clients count on pings, but answer each one, which is a message and
   * a call of a function; a noop they overlook.
   */
  @Override
  public Optional<String> keepalive(long round) {
    return Optional.of(round % 2 == 0 ? PING : NOOP);
  }

  /** The Java client overlooks a close frame until its ping timeout, but not this. */
  @Override
  public Optional<String> farewell() {
    return Optional.of(UNREADABLE);
  }

  /** Engine.IO's open packet. */
  @Override
  public Optional<String> greeting(ConnectionId connection) {
    Map<String, Object> open = new LinkedHashMap<>();
    open.put("sid", connection.value());
    open.put("upgrades", List.of());
    open.put("pingInterval", PING_INTERVAL_MILLIS);
    open.put("pingTimeout", PING_TIMEOUT_MILLIS);
    open.put("maxPayload", MAX_PAYLOAD);
    return Optional.of("0" + Json.write(open));
  }

  /** The answer to a CONNECT packet that lets the client in. */
  String connected(ConnectionId connection) {
    return CONNECT + Json.write(Map.of("sid", connection.value()));
  }

  /** The answer to a CONNECT packet that does not: the client's {@code connect_error}. */
  String connectError(ChatException error) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("message", error.getMessage());
    answer.put("data", Map.of("code", error.code()));
    return CONNECT_ERROR + Json.write(answer);
  }

  private record ErrorData(ErrorCode code, String message) {}

  private static ChatException malformed(String message) {
    return new ChatException(ErrorCode.MALFORMED_JSON, message);
  }
}
