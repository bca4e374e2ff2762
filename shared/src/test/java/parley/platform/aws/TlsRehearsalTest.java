package parley.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;

class TlsRehearsalTest {
  private static final byte HANDSHAKE = 22;
  private static final byte CLIENT_HELLO = 1;

  @Test
  void aHandshakeIsBegunAsWithAws() {
    ByteBuffer hello = TlsRehearsal.hello();

    assertThat(hello.get(0)).isEqualTo(HANDSHAKE);
    assertThat(hello.get(5)).isEqualTo(CLIENT_HELLO);
    assertThat(StandardCharsets.ISO_8859_1.decode(hello).toString())
        .contains("dynamodb.amazonaws.com");
  }

  @Test
  void aRehearsalOfTheClientsBeginsHandshakesOfTheContextThatConnectionsUse()
      throws NoSuchAlgorithmException {
    SSLContext before = SSLContext.getDefault();
    Counting counting = new Counting(before);
    SSLContext.setDefault(new SSLContext(counting, before.getProvider(), before.getProtocol()) {});
    try {
      new AwsClients().rehearse(operation -> "{}", () -> {});
    } finally {
      SSLContext.setDefault(before);
    }

    assertThat(counting.engines).hasValueGreaterThan(0);
    assertThat(counting.sockets).hasValue(0);
  }

  /** Counts what is made with a context. */
  private static final class Counting extends SSLContextSpi {
    private final AtomicInteger engines = new AtomicInteger();
    private final AtomicInteger sockets = new AtomicInteger();
    private final SSLContext real;

    private Counting(SSLContext real) {
      this.real = real;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      engines.incrementAndGet();
      return real.createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      engines.incrementAndGet();
      return real.createSSLEngine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      sockets.incrementAndGet();
      return real.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      sockets.incrementAndGet();
      return real.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return real.getClientSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return real.getServerSessionContext();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("it is initialized");
    }
  }
}
