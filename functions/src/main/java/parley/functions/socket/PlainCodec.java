package parley.functions.socket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.connection.ConnectionId;
import parley.delivery.ConnectionExpiring;
import parley.delivery.ServerEvent;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Text;
import parley.platform.json.Integers;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/**
 * The plain frames: {@code {"event": ..., "id": ..., "data": ...}} both ways. A client that gives
 * an id, a number or a string, is answered by an {@code ack} or {@code error} frame with the same
 * id.
 */
public final class PlainCodec implements FrameCodec {
  private static final int MAX_ID = 64;

  @Override
  public ClientFrame decode(String text) {
    JsonObject frame = Json.readObject(text);
    return new ClientFrame.Request(id(frame.value("id")), () -> command(frame));
  }

  private static ClientCommand command(JsonObject frame) {
    frame.only("event", "id", "data");
    return ClientCommand.read(frame.string("event"), frame.value("data"));
  }

  @Override
  public String ack(Object id, Object data) {
    return frame("ack", id, "data", data);
  }

  @Override
  public String error(@Nullable Object id, ChatException error) {
    ErrorData data = new ErrorData(error.code(), error.getMessage());
    return id == null ? frame("error", null, "data", data) : frame("error", id, "error", data);
  }

  @Override
  public String event(ServerEvent event) {
    return frame(event.name(), null, "data", event.data());
  }

  /** A client that is told can open its next connection before this one closes. */
  @Override
  public Optional<String> expiring(ConnectionExpiring event) {
    return Optional.of(event(event));
  }

  /**
   * A plain WebSocket has no packet that its client's code would not see: what keeps it open is up
   * to the client.
   */
  @Override
  public Optional<String> keepalive(long round) {
    return Optional.empty();
  }

  /** The close frame says all. */
  @Override
  public Optional<String> farewell() {
    return Optional.empty();
  }

  /** The client brought its token, and may speak at once. */
  @Override
  public Optional<String> greeting(ConnectionId connection) {
    return Optional.empty();
  }

  private record ErrorData(ErrorCode code, String message) {}

  private static String frame(String event, @Nullable Object id, String field, Object value) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("event", event);
    Optional.ofNullable(id).ifPresent(known -> frame.put("id", known));
    frame.put(field, value);
    return Json.write(frame);
  }

  private static @Nullable Object id(@Nullable Object id) {
    return switch (id) {
      case null -> null;
      case Long number -> number;
      case String text -> Text.requireShort("id", text, MAX_ID);
      default ->
          throw Integers.exceeds64Bits(id)
              ? Integers.outOfRange("id")
              : ChatException.invalid(
                  "id must be an integer or a string of at most " + MAX_ID + " characters");
    };
  }
}
