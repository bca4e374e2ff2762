package parley.platform.aws;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Begins TLS handshakes in memory, with nobody: the JVM's certificates are then read, and most of
 * what a first connection needs is loaded and compiled. No byte leaves the process and no session
 * comes about, so that a snapshot may hold what is left of it. It takes half of the CPU from the
 * first call of AWS (docs/cold-start.md).
 */
public final class TlsRehearsal {
  private static final int ROUNDS = 20;

  private TlsRehearsal() {}

  /** Rehearses with the context that HTTPS connections use by default. */
  public static void rehearse() {
    for (int round = 0; round < ROUNDS; round++) {
      var _ = hello();
    }
  }

  /** The first message of a handshake, as a client would send it to AWS. */
  static ByteBuffer hello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine("dynamodb.amazonaws.com", 443);
      engine.setUseClientMode(true);
      ByteBuffer message = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.beginHandshake();
      engine.wrap(ByteBuffer.allocate(0), message);
      return message.flip();
    } catch (NoSuchAlgorithmException | SSLException e) {
      throw new IllegalStateException("TLS cannot be rehearsed", e);
    }
  }
}
