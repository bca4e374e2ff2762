package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.CHAT;
import static parley.local.gateway.GatewayFixture.CONNECT;
import static parley.local.gateway.GatewayFixture.DEFAULT;
import static parley.local.gateway.GatewayFixture.HTTP_API;
import static parley.local.gateway.GatewayFixture.OPEN_API;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.WebSocketApiDefinition.Route;
import parley.local.gateway.GatewayOptions.Limits;

class SocketMessagesTest {
  private GatewayFixture fixture = new GatewayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aMessageGoesToTheRouteThatItsBodyNames() {
    TestSocket socket = fixture.connect();

    socket.send("{\"event\":\"chat\",\"data\":1}");

    JsonNode event = fixture.functions.event(CHAT);
    assertThat(event.path("body").asText()).isEqualTo("{\"event\":\"chat\",\"data\":1}");
    assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("chat");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42[\"chat\"]",
        "{\"event\":\"x\"}",
        "{\"event\":\"$connect\"}",
        "{\"event\":{}}",
        "{\"event\":\"chat\"} {}",
        "{}",
        "",
        "[1]"
      })
  void whatIsNoJsonOrNamesNoRouteGoesToTheDefaultRoute(String body) {
    TestSocket socket = fixture.connect();

    socket.send(body);

    JsonNode event = fixture.functions.event(DEFAULT);
    assertThat(event.path("body").asText()).isEqualTo(body);
    assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$default");
  }

  @Test
  void bodiesTooDeepToParseGoToTheDefaultRoute() {
    TestSocket socket = fixture.connect();

    socket.send("{\"event\":\"chat\",\"data\":" + "[".repeat(5000) + "]".repeat(5000) + "}");

    fixture.functions.event(DEFAULT);
  }

  @Test
  void withoutADefaultRouteTheSenderIsToldForbidden() {
    Map<String, Route> routes = new HashMap<>(OPEN_API.routes());
    routes.remove("$default");
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            new WebSocketApiDefinition("ws4parley", "ws", "${request.body.event}", routes));
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("hello");

    assertErrorFrame("Forbidden", connected);
    connected.socket().send("{\"event\":\"chat\"}");
    fixture.functions.event(CHAT);
  }

  @Test
  void aHandlersFaultIsAnInternalServerErrorToTheSender() {
    fixture.functions.on(
        DEFAULT,
        event -> {
          throw new IllegalStateException("boom");
        });
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("hello");

    String requestId = assertErrorFrame("Internal server error", connected);
    assertThat(fixture.functions.event(DEFAULT).at("/requestContext/requestId").asText())
        .isEqualTo(requestId);
  }

  @Test
  void aMalformedAnswerIsAnInternalServerErrorToo() {
    fixture.functions.on(DEFAULT, event -> "null");
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("hello");

    assertErrorFrame("Internal server error", connected);
  }

  @Test
  void aHandlerThatTakesTooLongIsAnInternalServerError() {
    CountDownLatch forever = new CountDownLatch(1);
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            OPEN_API,
            options -> options.withLimits(Limits.ofAws().withTimeouts(Duration.ofMillis(300))));
    fixture.functions.on(
        DEFAULT,
        event -> {
          forever.await();
          return "{\"statusCode\":200}";
        });
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("hello");

    assertErrorFrame("Internal server error", connected);
    forever.countDown();
  }

  @Test
  void whatAHandlerAnswersIsDropped() {
    fixture.functions.on(DEFAULT, event -> "{\"statusCode\":500,\"body\":\"dropped\"}");
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("hello");
    fixture.functions.event(DEFAULT);
    fixture.post(connected.id(), "after");

    assertThat(connected.socket().message()).isEqualTo("after");
  }

  @Test
  void theMessagesOfOneConnectionAreHandledAtTheSameTime() {
    CountDownLatch both = new CountDownLatch(2);
    fixture.functions.on(
        DEFAULT,
        event -> {
          both.countDown();
          both.await();
          return "{\"statusCode\":200}";
        });
    TestSocket socket = fixture.connect();

    socket.send("one");
    socket.send("two");

    fixture.functions.event(DEFAULT);
    fixture.functions.event(DEFAULT);
  }

  @Test
  void manyConnectionsAreServedAtOnce() {
    fixture.functions.on(
        DEFAULT,
        event -> {
          String id = event.at("/requestContext/connectionId").asText();
          return "{\"statusCode\":" + fixture.post(id, event.path("body").asText()) + "}";
        });
    List<TestSocket> sockets =
        IntStream.range(0, 100)
            .mapToObj(i -> CompletableFuture.supplyAsync(fixture::connect))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    for (int i = 0; i < 100; i++) {
      sockets.get(i).send("hello " + i);
    }

    for (int i = 0; i < 100; i++) {
      assertThat(sockets.get(i).message()).isEqualTo("hello " + i);
    }
  }

  @Test
  void messagesBeyondTheThrottleAreToldTooManyRequests() {
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            new WebSocketApiDefinition(
                "ws4parley", "ws", "$request.body.event", OPEN_API.routes(), new Throttle(1, 2)));
    GatewayFixture.Connected connected = fixture.connected();

    connected.socket().send("one");
    fixture.functions.event(DEFAULT);
    connected.socket().send("two");

    assertErrorFrame("Too Many Requests", connected);
    fixture.clock.advance(Duration.ofSeconds(1));
    connected.socket().send("three");
    assertThat(fixture.functions.event(DEFAULT).path("body").asText()).isEqualTo("three");
  }

  @Test
  void theLogTellsRoutesAndConnectionsButNoContents() {
    TestSocket socket = fixture.connect("/ws?token=secret");
    String id = fixture.functions.event(CONNECT).at("/requestContext/connectionId").asText();
    fixture.functions.on(
        DEFAULT,
        event -> {
          throw new IllegalStateException("secret");
        });

    socket.send("{\"event\":\"secret\"}");
    socket.message();
    fixture.gateway.close();

    assertThat(fixture.log).anyMatch(line -> line.startsWith("WS $connect " + id + " 101 "));
    assertThat(fixture.log).anyMatch(line -> line.startsWith("WS $default " + id + " Internal"));
    assertThat(fixture.log).anyMatch(line -> line.startsWith("WS $disconnect " + id + " 1001 "));
    assertThat(fixture.log).noneMatch(line -> line.contains("secret"));
  }

  /** Checks the text to the byte and returns its request id. */
  private static String assertErrorFrame(String message, GatewayFixture.Connected connected) {
    String frame = connected.socket().message();
    String requestId = FakeFunctions.parse(frame).path("requestId").asText();
    assertThat(requestId).matches("[A-Za-z0-9_-]{15}=");
    assertThat(frame)
        .isEqualTo(
            "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                .formatted(message, connected.id(), requestId));
    return requestId;
  }
}
