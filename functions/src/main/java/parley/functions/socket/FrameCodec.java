package parley.functions.socket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.connection.ConnectionId;
import parley.delivery.FrameEncoder;
import parley.platform.ChatException;

/** Reads the frames of a protocol's clients and writes what they are answered and told. */
public interface FrameCodec extends FrameEncoder {
  /**
   * Reads a frame's outline, so that whatever else is wrong with it can be answered.
   *
   * @throws ChatException MALFORMED_JSON or VALIDATION_FAILED, if it is no frame of this protocol
   */
  ClientFrame decode(String text);

  /** The answer to a request that went well. */
  String ack(Object id, Object data);

  /** The answer to a request that failed; without an id, an {@code error} event. */
  String error(@Nullable Object id, ChatException error);

  /** What a client must get first, before it says who it is; nothing if it expects nothing. */
  Optional<String> greeting(ConnectionId connection);
}
