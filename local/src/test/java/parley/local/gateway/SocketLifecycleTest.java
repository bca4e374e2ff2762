package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.DEFAULT;
import static parley.local.gateway.GatewayFixture.DISCONNECT;
import static parley.local.gateway.GatewayFixture.HTTP_API;
import static parley.local.gateway.GatewayFixture.OPEN_API;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.local.gateway.GatewayOptions.Limits;

class SocketLifecycleTest {
  /** Only {@link ApiGateway#sweep} sweeps, so that each test knows when. */
  private GatewayFixture fixture =
      new GatewayFixture(
          HTTP_API,
          OPEN_API,
          options -> options.withLimits(Limits.ofAws().withSweepInterval(Duration.ofDays(1))));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void disconnectCarriesTheClientsCodeAndReason() {
    fixture.connect().client().sendClose(4001, "bye bye").join();

    assertDisconnected(4001, "bye bye");
  }

  @Test
  void aCloseWithoutACodeIs1005() throws IOException {
    try (RawSocket raw = RawSocket.open(fixture.gateway.port())) {
      raw.send(RawSocket.CLOSE, true, new byte[0]);

      assertThat(raw.receive().opCode()).isEqualTo(RawSocket.CLOSE);
      assertDisconnected(1005, "Client-side close frame status not set");
    }
  }

  @Test
  void aBrokenLinkIs1006() throws IOException {
    RawSocket.open(fixture.gateway.port()).close();

    assertThat(disconnected().path("disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void aLinkThatTheClientAbortsIs1006() {
    fixture.connect().client().abort();

    assertThat(disconnected().path("disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void postsAfterTheCloseAre410() {
    GatewayFixture.Connected connected = fixture.connected();
    connected.socket().client().sendClose(1000, "").join();
    assertThat(disconnected().path("connectionId").asText()).isEqualTo(connected.id());

    assertThat(fixture.post(connected.id(), "anyone there?")).isEqualTo(410);
  }

  @Test
  void tenIdleMinutesCloseWith1001() {
    TestSocket socket = fixture.connect();

    fixture.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    fixture.gateway.sweep();
    assertThat(socket.client().isInputClosed()).isFalse();
    fixture.clock.advance(Duration.ofMillis(1));
    fixture.gateway.sweep();

    assertThat(socket.closed()).isEqualTo(new TestSocket.Close(1001, "Going away"));
    assertDisconnected(1001, "Going away");
  }

  @Test
  void messagesOfEitherSideKeepAConnectionOpen() {
    GatewayFixture.Connected connected = fixture.connected();

    fixture.clock.advance(Duration.ofMinutes(9));
    connected.socket().send("hello");
    fixture.functions.event(DEFAULT);
    fixture.clock.advance(Duration.ofMinutes(9));
    assertThat(fixture.post(connected.id(), "hello")).isEqualTo(200);
    connected.socket().message();
    fixture.clock.advance(Duration.ofMinutes(9));
    fixture.gateway.sweep();

    assertThat(fixture.post(connected.id(), "still there?")).isEqualTo(200);
    assertThat(connected.socket().message()).isEqualTo("still there?");
  }

  @Test
  void twoHoursAreTheLongestLife() {
    GatewayFixture.Connected connected = fixture.connected();
    for (int minutes = 0; minutes < 120; minutes += 5) {
      fixture.gateway.sweep();
      assertThat(fixture.post(connected.id(), "tick")).isEqualTo(200);
      fixture.clock.advance(Duration.ofMinutes(5));
    }

    fixture.gateway.sweep();

    assertThat(connected.socket().closed()).isEqualTo(new TestSocket.Close(1001, "Going away"));
    assertThat(fixture.post(connected.id(), "tick")).isEqualTo(410);
  }

  @Test
  void theGatewaySweepsByItself() {
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            OPEN_API,
            options -> options.withLimits(Limits.ofAws().withSweepInterval(Duration.ofMillis(10))));
    TestSocket socket = fixture.connect();

    fixture.clock.advance(Duration.ofMinutes(10));

    assertThat(socket.closed().code()).isEqualTo(1001);
  }

  @Test
  void aClientThatDoesNotAnswerTheCloseIsCutOff() throws IOException {
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            OPEN_API,
            options -> options.withLimits(Limits.ofAws().withSweepInterval(Duration.ofMillis(10))));
    try (RawSocket raw = RawSocket.open(fixture.gateway.port())) {
      String id =
          fixture
              .functions
              .event(GatewayFixture.CONNECT)
              .at("/requestContext/connectionId")
              .asText();

      fixture.manage("DELETE", "/ws/@connections/" + id, "");

      assertThat(raw.receive().closeCode()).isEqualTo(1000);
      assertThat(raw.isAtEnd()).isTrue();
      assertDisconnected(1000, "Connection Closed Normally");
    }
  }

  @Test
  void closingTheGatewayClosesTheConnectionsAndLeavesNothingBehind() throws InterruptedException {
    TestSocket socket = fixture.connect();
    int port = fixture.gateway.port();

    fixture.gateway.close();

    assertThat(socket.closed().code()).isEqualTo(1001);
    assertDisconnected(1001, "Going away");
    Assertions.assertThatThrownBy(() -> new Socket("localhost", port).close())
        .isInstanceOf(ConnectException.class);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("gateway")) {
        thread.join(Duration.ofSeconds(5));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorThatLeavesNothingBehind() {
    int port = fixture.gateway.port();

    Assertions.assertThatThrownBy(
            () -> new GatewayFixture(HTTP_API, OPEN_API, options -> options.withPort(port)).close())
        .isInstanceOf(UncheckedIOException.class);
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("gateway-sweeper")))
        .hasSizeLessThanOrEqualTo(1);
  }

  private JsonNode disconnected() {
    return fixture.functions.event(DISCONNECT).path("requestContext");
  }

  private void assertDisconnected(int code, String reason) {
    JsonNode context = disconnected();
    assertThat(context.path("disconnectStatusCode").asInt()).isEqualTo(code);
    assertThat(context.path("disconnectReason").asText()).isEqualTo(reason);
  }
}
