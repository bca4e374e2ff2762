package parley.local.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;

/** Puts the frames of a text message together. */
final class MessageAssembly {
  private final int maximumBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  MessageAssembly(int maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  /** Where a message is after one more frame. */
  sealed interface Progress {
    record Incomplete() implements Progress {}

    record Complete(String text) implements Progress {}

    record TooLarge() implements Progress {}

    /** The message is not UTF-8. */
    record NotText() implements Progress {}
  }

  Progress add(Frame frame) {
    if (bytes.size() + frame.getPayloadLength() > maximumBytes) {
      bytes.reset();
      return new Progress.TooLarge();
    }
    if (frame.hasPayload()) {
      byte[] payload = new byte[frame.getPayloadLength()];
      frame.getPayload().slice().get(payload);
      bytes.writeBytes(payload);
    }
    return frame.isFin() ? complete() : new Progress.Incomplete();
  }

  private Progress complete() {
    ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    try {
      return new Progress.Complete(StandardCharsets.UTF_8.newDecoder().decode(message).toString());
    } catch (CharacterCodingException e) {
      return new Progress.NotText();
    }
  }
}
