package parley.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.user.UserId;

class ConnectionTest {
  private static final Instant CONNECTED = Instant.parse("2026-11-22T10:15:30Z");
  private static final Duration PATIENCE = Opening.PATIENCE.plus(Connection.CONNECTING);

  @Test
  void aConnectionThatWasNotMadeReadyInTimeNeverWillBe() {
    assertThat(connection(false).mayBecomeReady(CONNECTED.plus(PATIENCE).minusMillis(1))).isTrue();
    assertThat(connection(false).mayBecomeReady(CONNECTED.plus(PATIENCE))).isFalse();
    assertThat(connection(true).mayBecomeReady(CONNECTED.plus(PATIENCE))).isTrue();
  }

  private static Connection connection(boolean ready) {
    return new Connection(
        new ConnectionId("abc="),
        new UserId(new UUID(0, 1)),
        Protocol.SOCKET_IO,
        CONNECTED,
        CONNECTED.plus(Duration.ofHours(1)),
        ready);
  }
}
