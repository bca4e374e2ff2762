package parley.local.gateway;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingFrames;

/** Bounds what waits for a client that does not read. */
final class SendBuffer {
  private final int maximumBytes;
  private final int frameBytes;
  private final AtomicInteger pendingBytes = new AtomicInteger();
  private final ReentrantLock oneMessageAtATime = new ReentrantLock();

  /**
   * @param frameBytes the largest frame; a larger message is sent in several
   */
  SendBuffer(int maximumBytes, int frameBytes) {
    this.maximumBytes = maximumBytes;
    this.frameBytes = frameBytes;
  }

  /** Queues a text message; false if the buffer is full, and nothing is sent. */
  boolean send(OutgoingFrames outgoing, byte[] message) {
    // A frame costs a few bytes too, so that empty messages cannot pile up either.
    int cost = message.length + 16;
    if (pendingBytes.addAndGet(cost) > maximumBytes) {
      pendingBytes.addAndGet(-cost);
      return false;
    }
    Callback sent = Callback.from(() -> pendingBytes.addAndGet(-cost));
    // The frames of two messages must not mix.
    oneMessageAtATime.lock();
    try {
      for (int start = 0; start == 0 || start < message.length; start += frameBytes) {
        int end = Math.min(message.length, start + frameBytes);
        byte opCode = start == 0 ? OpCode.TEXT : OpCode.CONTINUATION;
        boolean last = end == message.length;
        ByteBuffer payload = ByteBuffer.wrap(message, start, end - start).slice();
        outgoing.sendFrame(new Frame(opCode, last, payload), last ? sent : Callback.NOOP, false);
      }
    } finally {
      oneMessageAtATime.unlock();
    }
    return true;
  }
}
