package parley.local.gateway;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: takes frames in, holds them to API Gateway's limits, and sends messages
 * out.
 */
final class SocketConnection implements FrameHandler {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
  private static final Duration OPEN_WAIT = Duration.ofSeconds(5);

  private final SocketCaller caller;
  private final Clock clock;
  private final SendBuffer sendBuffer;
  private final Listener listener;
  private final CompletableFuture<CoreSession> session = new CompletableFuture<>();
  private final ReentrantLock closeLock = new ReentrantLock();
  private final MessageAssembly assembly = new MessageAssembly();
  private volatile Instant lastActiveAt;
  private volatile @Nullable CloseStatus closing;
  private volatile long closingSince;

  /** Learns what happens on a connection. */
  interface Listener {
    void message(SocketConnection connection, String text);

    /** The connection begins to close and takes no more posts; comes before {@link #closed}. */
    void closing(SocketConnection connection);

    void closed(SocketConnection connection, int code, String reason);
  }

  SocketConnection(SocketCaller caller, Clock clock, int sendBufferBytes, Listener listener) {
    this.caller = caller;
    this.clock = clock;
    this.sendBuffer = new SendBuffer(sendBufferBytes, MessageAssembly.MAXIMUM_FRAME_BYTES);
    this.listener = listener;
    this.lastActiveAt = caller.connectedAt();
  }

  SocketCaller caller() {
    return caller;
  }

  Instant lastActiveAt() {
    return lastActiveAt;
  }

  /** What became of a message. */
  enum Sending {
    SENT,
    GONE,
    BUFFER_FULL
  }

  /** Queues a text message; waits only for the upgrade, if it is under way. */
  Sending send(byte[] message) {
    CoreSession open = openSession();
    if (open == null || closing != null || !open.isOutputOpen()) {
      return Sending.GONE;
    }
    if (!sendBuffer.send(open, message)) {
      return Sending.BUFFER_FULL;
    }
    touch();
    return Sending.SENT;
  }

  /** Begins the closing handshake; the first caller's code counts. */
  void close(int code, String reason) {
    closeLock.lock();
    try {
      if (closing != null) {
        return;
      }
      closing = new CloseStatus(code, reason);
      closingSince = System.nanoTime();
    } finally {
      closeLock.unlock();
    }
    listener.closing(this);
    CoreSession open = openSession();
    if (open != null) {
      open.close(code, reason, Callback.NOOP);
    }
  }

  /**
   * Cuts a link whose client has not answered the close frame in time. Jetty waits for an answer to
   * 1000 only; after any other code of ours it closes the link at once.
   */
  void abortIfOverdue() {
    if (closing != null && System.nanoTime() - closingSince > CLOSE_GRACE.toNanos()) {
      abort();
    }
  }

  /** Cuts the link; the close is reported as any other. */
  void abort() {
    CoreSession open = session.getNow(null);
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void onOpen(CoreSession coreSession, Callback callback) {
    callback.succeeded();
    session.complete(coreSession);
    coreSession.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    touch();
    CoreSession open = session.join();
    if (closing == null) {
      take(frame, open);
    }
    callback.succeeded();
    if (frame.getOpCode() != OpCode.CLOSE) {
      open.demand();
    }
  }

  private void take(Frame frame, CoreSession open) {
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> takeData(frame);
      case OpCode.PING -> {
        ByteBuffer payload = ByteBuffer.allocate(frame.getPayloadLength());
        if (frame.hasPayload()) {
          payload.put(frame.getPayload().slice()).flip();
        }
        open.sendFrame(new Frame(OpCode.PONG, payload), Callback.NOOP, false);
      }
      default -> {
        // A pong only counts as activity; the close handshake is Jetty's own.
      }
    }
  }

  private void takeData(Frame frame) {
    switch (assembly.add(frame)) {
      case MessageAssembly.Progress.Incomplete _ -> {}
      case MessageAssembly.Progress.Complete complete -> listener.message(this, complete.text());
      case MessageAssembly.Progress.Refused refused -> close(refused.closeCode(), "");
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    CloseStatus ours = closing;
    CloseStatus effective = ours == null ? status : ours;
    String reason = effective.getReason();
    callback.succeeded();
    listener.closed(this, effective.getCode(), reason == null ? "" : reason);
  }

  private void touch() {
    lastActiveAt = clock.instant();
  }

  private @Nullable CoreSession openSession() {
    try {
      return session.get(OPEN_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** The upgrade failed after $connect had succeeded. */
  void neverOpened() {
    session.completeExceptionally(new IllegalStateException("the upgrade failed"));
    listener.closing(this);
    listener.closed(this, CloseStatus.NO_CLOSE, "");
  }
}
