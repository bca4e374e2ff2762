package parley.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * Puts the frames of a message together and holds them to API Gateway's limits.
 *
 * <p>A message that breaks one is read to its end before it is refused: a link that is closed with
 * data unread is reset, and its client would never see the close code.
 */
final class MessageAssembly {
  /** API Gateway's limit on one frame from a client. */
  static final int MAXIMUM_FRAME_BYTES = 32 * 1024;

  /** API Gateway's limit on one message, either way. */
  static final int MAXIMUM_MESSAGE_BYTES = 128 * 1024;

  /** Where patience with a refused message ends. */
  private static final int MAXIMUM_DISCARDED_BYTES = 64 * 1024 * 1024;

  private static final int FINE = 0;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int closeCode = FINE;
  private int discardedBytes;

  /** Where a message is after one more frame. */
  sealed interface Progress {
    record Incomplete() implements Progress {}

    record Complete(String text) implements Progress {}

    /** The connection must be closed with this code: 1003, 1007 or 1009. */
    record Refused(int closeCode) implements Progress {}
  }

  /** Takes a data frame. */
  Progress add(Frame frame) {
    int length = frame.getPayloadLength();
    if (closeCode == FINE && frame.getOpCode() == OpCode.BINARY) {
      closeCode = CloseStatus.BAD_DATA;
    } else if (closeCode == FINE
        && (length > MAXIMUM_FRAME_BYTES || bytes.size() + length > MAXIMUM_MESSAGE_BYTES)) {
      closeCode = CloseStatus.MESSAGE_TOO_LARGE;
    }
    if (closeCode == FINE && frame.hasPayload()) {
      byte[] payload = new byte[length];
      frame.getPayload().slice().get(payload);
      bytes.writeBytes(payload);
    } else {
      discardedBytes += length;
    }
    if (!frame.isFin() && discardedBytes < MAXIMUM_DISCARDED_BYTES) {
      return new Progress.Incomplete();
    }
    return closeCode == FINE ? complete() : new Progress.Refused(closeCode);
  }

  private Progress complete() {
    ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    try {
      return new Progress.Complete(StandardCharsets.UTF_8.newDecoder().decode(message).toString());
    } catch (CharacterCodingException e) {
      return new Progress.Refused(CloseStatus.BAD_PAYLOAD);
    }
  }
}
