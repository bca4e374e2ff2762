package parley.functions.socket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.delivery.ServerEvent;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Text;
import parley.platform.json.Json;
import parley.platform.json.JsonObject;

/**
 * The plain frames: {@code {"event": ..., "id": ..., "data": ...}} both ways. A client that gives
 * an id, a number or a string, is answered by an {@code ack} or {@code error} frame with the same
 * id.
 */
public final class PlainCodec {
  private static final int MAX_ID = 64;

  /**
   * A client's frame, of which only the id is checked yet, so that whatever else is wrong with it
   * can be answered under that id.
   *
   * @param id what to answer under, null if no answer is wanted
   */
  record Frame(@Nullable Object id, JsonObject fields) {
    /**
     * What the client asks for.
     *
     * @throws ChatException UNKNOWN_EVENT, VALIDATION_FAILED or MALFORMED_JSON
     */
    ClientCommand command() {
      fields.only("event", "id", "data");
      return ClientCommand.read(fields.string("event"), fields.value("data"));
    }
  }

  /**
   * Reads a frame.
   *
   * @throws ChatException MALFORMED_JSON, or VALIDATION_FAILED for its id
   */
  Frame decode(String text) {
    JsonObject frame = Json.readObject(text);
    return new Frame(id(frame.value("id")), frame);
  }

  String ack(Object id, Object data) {
    return frame("ack", id, "data", data);
  }

  /** The answer to the frame that had this id; without an id, an {@code error} event. */
  String error(@Nullable Object id, ChatException error) {
    ErrorData data = new ErrorData(error.code(), error.getMessage());
    return id == null ? frame("error", null, "data", data) : frame("error", id, "error", data);
  }

  /** An event of the server's own accord. */
  public String event(ServerEvent event) {
    return frame(event.name(), null, "data", event.data());
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
      case String text -> Text.require("id", text, 0, MAX_ID);
      default ->
          throw ChatException.invalid(
              "id must be an integer or a string of at most " + MAX_ID + " characters");
    };
  }
}
