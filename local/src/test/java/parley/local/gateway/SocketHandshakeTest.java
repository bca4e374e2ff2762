package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.AUTHORIZED_API;
import static parley.local.gateway.GatewayFixture.AUTHORIZER;
import static parley.local.gateway.GatewayFixture.CONNECT;
import static parley.local.gateway.GatewayFixture.DISCONNECT;
import static parley.local.gateway.GatewayFixture.HTTP_API;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.GatewayOptions.Limits;

class SocketHandshakeTest {
  private GatewayFixture fixture = new GatewayFixture(HTTP_API, AUTHORIZED_API);

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 500, 503})
  void connectRefusesWithItsOwnStatus(int status) {
    fixture.functions.on(CONNECT, event -> "{\"statusCode\":" + status + "}");

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(status);
  }

  @Test
  void connectThatThrowsRefusesWith502() {
    fixture.functions.on(
        CONNECT,
        event -> {
          throw new IllegalStateException("boom");
        });

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(502);
  }

  @Test
  void connectThatAnswersNonsenseRefusesWith502() {
    fixture.functions.on(CONNECT, event -> "{}");

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(502);
  }

  @Test
  void connectThatTakesTooLongRefusesWith504() {
    CountDownLatch forever = new CountDownLatch(1);
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            GatewayFixture.OPEN_API,
            options -> options.withLimits(Limits.ofAws().withTimeouts(Duration.ofMillis(50))));
    fixture.functions.on(
        CONNECT,
        event -> {
          forever.await();
          return "{}";
        });

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(504);
    forever.countDown();
  }

  @Test
  void connectChoosesTheSubprotocol() {
    fixture.functions.on(
        CONNECT,
        event -> "{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"bearer\"}}");

    TestSocket socket = fixture.connect("/ws", "bearer", "a-token");

    assertThat(socket.client().getSubprotocol()).isEqualTo("bearer");
    assertThat(fixture.functions.event(CONNECT).at("/headers/Sec-WebSocket-Protocol").asText())
        .isEqualTo("bearer, a-token");
  }

  @Test
  void noSubprotocolIsAcceptedUnlessConnectSaysSo() {
    assertThat(fixture.connect("/ws", "bearer").client().getSubprotocol()).isEmpty();
  }

  @Test
  void aSubprotocolThatTheClientDidNotOfferFailsTheHandshake() {
    fixture.functions.on(
        CONNECT,
        event -> "{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"other\"}}");

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(500);
    String id = fixture.functions.event(CONNECT).at("/requestContext/connectionId").asText();
    assertThat(fixture.post(id, "hello")).isEqualTo(410);
    JsonNode context = fixture.functions.event(DISCONNECT).path("requestContext");
    assertThat(context.path("disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void aClientThatLeavesDuringConnectIsDisconnectedAfterIt() throws IOException {
    CountDownLatch mayReturn = new CountDownLatch(1);
    fixture.functions.on(
        CONNECT,
        event -> {
          mayReturn.await();
          return "{\"statusCode\":200}";
        });
    RawSocket raw =
        RawSocket.request(fixture.gateway.port(), "GET", "/ws", RawSocket.upgradeHeaders());
    String id = fixture.functions.event(CONNECT).at("/requestContext/connectionId").asText();
    raw.close();
    mayReturn.countDown();

    JsonNode context = fixture.functions.event(DISCONNECT).path("requestContext");
    assertThat(context.path("connectionId").asText()).isEqualTo(id);
    assertThat(fixture.post(id, "hello")).isEqualTo(410);
  }

  @Test
  void noExtensionIsAccepted() throws IOException {
    try (RawSocket raw =
        RawSocket.request(fixture.gateway.port(), "GET", "/ws", RawSocket.upgradeHeaders())) {
      assertThat(raw.head())
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }
  }

  @Test
  void theStageMayEndInASlashAndCarryAQuery() {
    fixture.connect("/ws/?EIO=4&transport=websocket&a=1&a=2");

    JsonNode event = fixture.functions.event(CONNECT);
    assertThat(event.path("queryStringParameters").toString())
        .isEqualTo("{\"EIO\":\"4\",\"transport\":\"websocket\",\"a\":\"2\"}");
    assertThat(event.at("/multiValueQueryStringParameters/a").toString())
        .isEqualTo("[\"1\",\"2\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ws/deeper", "/", "/other", "/wsx"})
  void anyOtherPathIsRefusedWith403(String path) {
    assertThat(fixture.refusal(path).statusCode()).isEqualTo(403);
    assertThat(fixture.functions.waitingEvents(AUTHORIZER)).isZero();
    assertThat(fixture.log).containsExactly("GET " + path + " 403 0 ms");
  }

  @Test
  void aUrlOfMoreThan4096CharactersIsRefusedWith414() {
    String longest = "/ws?a=" + "x".repeat(4096 - "/ws?a=".length());

    fixture.connect(longest);
    assertThat(fixture.refusal(longest + "x").statusCode()).isEqualTo(414);
  }

  @Test
  void aRequestForTheStageThatIsNoHandshakeNeedsAnUpgrade() {
    HttpResponse<String> response = fixture.get("/ws");

    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(fixture.functions.waitingEvents(AUTHORIZER)).isZero();
  }

  @Test
  void theUpgradeWaitsForConnectAndPostsUntilThenAre410() {
    CountDownLatch mayReturn = new CountDownLatch(1);
    fixture.functions.on(
        CONNECT,
        event -> {
          mayReturn.await();
          return "{\"statusCode\":200}";
        });

    CompletableFuture<TestSocket> connecting = CompletableFuture.supplyAsync(fixture::connect);
    String id = fixture.functions.event(CONNECT).at("/requestContext/connectionId").asText();
    assertThat(fixture.post(id, "too early")).isEqualTo(410);
    assertThat(connecting).isNotDone();
    mayReturn.countDown();

    TestSocket socket = connecting.join();
    assertThat(fixture.post(id, "now")).isEqualTo(200);
    assertThat(socket.message()).isEqualTo("now");
  }

  @Test
  void aHandshakeBeyondTheThrottleIsRefusedWith429() {
    restart(
        new WebSocketApiDefinition(
            "ws4parley",
            "ws",
            "$request.body.event",
            GatewayFixture.OPEN_API.routes(),
            new Throttle(1, 2)));

    fixture.connect();
    fixture.connect();
    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(429);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.connect();
  }

  private void restart(WebSocketApiDefinition api) {
    fixture.close();
    fixture = new GatewayFixture(HTTP_API, api);
  }
}
