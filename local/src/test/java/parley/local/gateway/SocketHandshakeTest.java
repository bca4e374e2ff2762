package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.AUTHORIZED_API;
import static parley.local.gateway.GatewayFixture.AUTHORIZER;
import static parley.local.gateway.GatewayFixture.CONNECT;
import static parley.local.gateway.GatewayFixture.DEFAULT;
import static parley.local.gateway.GatewayFixture.DISCONNECT;
import static parley.local.gateway.GatewayFixture.HTTP_API;
import static parley.local.gateway.GatewayFixture.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;
import parley.local.gateway.WebSocketApiDefinition.Route;

class SocketHandshakeTest {
  private static final String METHOD_ARN =
      "arn:aws:execute-api:us-east-1:123456789012:ws4parley/ws/$connect";

  private GatewayFixture fixture = new GatewayFixture(HTTP_API, AUTHORIZED_API);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theAuthorizersContextRidesOnEveryLaterEventAsStrings() {
    String context = "{\"userId\": \"u-1\", \"level\": 3, \"admin\": true, \"none\": null}";
    fixture.functions.on(AUTHORIZER, event -> policy("Allow", METHOD_ARN, context));

    TestSocket socket = fixture.connect();
    socket.send("hello");
    JsonNode message = fixture.functions.event(DEFAULT);
    socket.client().sendClose(1000, "bye").join();

    for (JsonNode event :
        List.of(fixture.functions.event(CONNECT), message, fixture.functions.event(DISCONNECT))) {
      JsonNode authorizer = event.at("/requestContext/authorizer");
      assertThat(authorizer.path("principalId").textValue()).isEqualTo("ada");
      assertThat(authorizer.path("userId").textValue()).isEqualTo("u-1");
      assertThat(authorizer.path("level").textValue()).isEqualTo("3");
      assertThat(authorizer.path("admin").textValue()).isEqualTo("true");
      assertThat(authorizer.has("none")).isFalse();
    }
  }

  @Test
  void anAuthorizerThatThrowsUnauthorizedRefusesWith401() {
    fixture.functions.on(
        AUTHORIZER,
        event -> {
          throw new IllegalStateException("Unauthorized");
        });

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(401);
    assertThat(fixture.functions.waitingEvents(CONNECT)).isZero();
  }

  @Test
  void aPolicyThatDeniesRefusesWith403() {
    fixture.functions.on(AUTHORIZER, event -> policy("Deny", "*", "{}"));

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(403);
    assertThat(fixture.functions.waitingEvents(CONNECT)).isZero();
  }

  @Test
  void aPolicyThatAllowsSomethingElseRefusesWith403() {
    fixture.functions.on(
        AUTHORIZER, event -> policy("Allow", METHOD_ARN.replace("ws4parley", "other"), "{}"));

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(403);
  }

  @Test
  void aDenyWinsOverAnAllowAndWildcardsCount() {
    fixture.functions.on(
        AUTHORIZER,
        event ->
            """
            {"principalId": "ada", "policyDocument": {"Statement": [
              {"Effect": "Allow", "Action": ["execute-api:*"], "Resource": ["*"]},
              {"Effect": "Deny", "Action": "execute-api:Inv?ke", "Resource": "arn:*/ws/$connect"}]}}
            """);

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"principalId\": \"ada\"}",
        "{\"policyDocument\": {\"Statement\": []}}",
        "{\"principalId\": \"a\", \"policyDocument\": {\"Statement\": [{\"Effect\": \"x\"}]}}",
        "no JSON"
      })
  void anAuthorizerThatAnswersNonsenseRefusesWith500(String answer) {
    fixture.functions.on(AUTHORIZER, event -> answer);

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(500);
  }

  @Test
  void aContextThatHoldsAnObjectRefusesWith500() {
    fixture.functions.on(AUTHORIZER, event -> policy("Allow", "*", "{\"a\": {}}"));

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(500);
  }

  @Test
  void aContextOfMoreThan8KilobytesRefusesWith500() {
    String context = "{\"a\": \"" + "x".repeat(8 * 1024) + "\"}";
    fixture.functions.on(AUTHORIZER, event -> policy("Allow", "*", context));

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(500);
  }

  @Test
  void anAuthorizerThatFailsOtherwiseRefusesWith500() {
    fixture.functions.on(
        AUTHORIZER,
        event -> {
          throw new IllegalStateException("unauthorized, somehow");
        });

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(500);
  }

  @Test
  void aMissingIdentitySourceRefusesWith401WithoutAskingTheAuthorizer() {
    restart(
        GatewayFixture.socketApi(
            Route.authorized(
                CONNECT,
                new Authorizer(
                    AUTHORIZER,
                    List.of("route.request.querystring.token", "route.request.header.Host")))));

    assertThat(fixture.refusal("/ws").statusCode()).isEqualTo(401);
    assertThat(fixture.functions.waitingEvents(AUTHORIZER)).isZero();
    fixture.connect("/ws?token=t");
    assertThat(fixture.functions.waitingEvents(AUTHORIZER)).isEqualTo(1);
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
            options -> options.withTimeouts(Duration.ofMillis(50), Duration.ofMillis(50)));
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
