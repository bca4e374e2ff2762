package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.CHAT;
import static parley.local.gateway.GatewayFixture.DEFAULT;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketMessagesTest {
  private final GatewayFixture fixture = new GatewayFixture();

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

  @Test
  void aPostReachesTheClient() {
    GatewayFixture.Connected connected = fixture.connected();

    assertThat(fixture.post(connected.id(), "hello")).isEqualTo(200);

    assertThat(connected.socket().message()).isEqualTo("hello");
  }

  @Test
  void whatIsNoJsonOrNamesNoRouteGoesToTheDefaultRoute() {
    TestSocket socket = fixture.connect();

    for (String body : new String[] {"42[\"chat\"]", "{\"event\":\"x\"}", "{}", "", "[1]"}) {
      socket.send(body);
      JsonNode event = fixture.functions.event(DEFAULT);
      assertThat(event.path("body").asText()).isEqualTo(body);
      assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$default");
    }
  }
}
