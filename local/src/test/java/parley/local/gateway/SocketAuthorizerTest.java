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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;
import parley.local.gateway.WebSocketApiDefinition.Route;

class SocketAuthorizerTest {
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

  private void restart(WebSocketApiDefinition api) {
    fixture.close();
    fixture = new GatewayFixture(HTTP_API, api);
  }
}
