package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.local.gateway.GatewayFixture.DISCONNECT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.aws.AwsException;
import parley.local.aws.AwsResponse;

class ConnectionsServiceTest {
  private static final String UNKNOWN = "VNRUSeldSwMCIRQ=";

  private final GatewayFixture fixture = new GatewayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/@connections/%s",
        "/ws/@connections/%s",
        "/%%40connections/%s",
        "/ws/%%40connections/%s"
      })
  void aPostReachesTheClientByEveryFormOfThePath(String path) {
    GatewayFixture.Connected connected = fixture.connected();

    String encodedId = connected.id().replace("=", "%3D");
    for (String id : new String[] {connected.id(), encodedId}) {
      assertThat(fixture.manage("POST", path.formatted(id), "héllo").status()).isEqualTo(200);
      assertThat(connected.socket().message()).isEqualTo("héllo");
    }
  }

  @Test
  void aGetTellsAboutTheConnection() {
    GatewayFixture.Connected connected = fixture.connected();
    fixture.clock.advance(Duration.ofSeconds(5));
    fixture.post(connected.id(), "hello");

    AwsResponse response = fixture.manage("GET", "/ws/@connections/" + connected.id(), "");

    assertThat(response.status()).isEqualTo(200);
    JsonNode body = FakeFunctions.parse(new String(response.body(), StandardCharsets.UTF_8));
    assertThat(body.path("connectedAt").asText()).isEqualTo("2026-11-22T15:04:05.678Z");
    assertThat(body.path("lastActiveAt").asText()).isEqualTo("2026-11-22T15:04:10.678Z");
    assertThat(body.at("/identity/sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(body.at("/identity/userAgent").asText()).startsWith("Java-http-client/");
  }

  @Test
  void aDeleteClosesTheConnection() {
    GatewayFixture.Connected connected = fixture.connected();

    AwsResponse response = fixture.manage("DELETE", "/ws/@connections/" + connected.id(), "");

    assertThat(response.status()).isEqualTo(204);
    assertThat(fixture.post(connected.id(), "gone?")).isEqualTo(410);
    assertThat(connected.socket().closed().code()).isEqualTo(1000);
    fixture.functions.event(DISCONNECT);
    assertError(410, "GoneException", "DELETE", "/ws/@connections/" + connected.id());
  }

  @Test
  void unknownConnectionsAreGone() {
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      assertError(410, "GoneException", method, "/ws/@connections/" + UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "VNRUSeldSwMCIRQ", "VNRUSeldSwMC+RQ="})
  void malformedIdsAreBadRequests(String id) {
    assertError(400, "BadRequestException", "POST", "/ws/@connections/" + id);
  }

  @Test
  void aStageOrAnApiThatIsNotTheRightOneIsForbidden() {
    assertError(403, "ForbiddenException", "POST", "/prod/@connections/" + UNKNOWN);
    assertError(403, "ForbiddenException", "POST", "/ws/connections/" + UNKNOWN);
    assertThatThrownBy(
            () ->
                fixture.manage(
                    "POST",
                    "/ws/@connections/" + UNKNOWN,
                    new byte[0],
                    Map.of("host", "other.execute-api.us-east-1.amazonaws.com")))
        .satisfies(e -> assertThat(((AwsException) e).code()).isEqualTo("ForbiddenException"));
    assertThat(fixture.caller.authorized).isEmpty();
  }

  @Test
  void messagesMayHave128KilobytesAndNoMore() {
    GatewayFixture.Connected connected = fixture.connected();
    String largest = "x".repeat(131_072);

    assertThat(fixture.post(connected.id(), largest)).isEqualTo(200);
    assertThat(connected.socket().message()).isEqualTo(largest);
    assertThat(fixture.post(connected.id(), largest + "x")).isEqualTo(413);
  }

  @Test
  void largeMessagesAreSentInFramesOf32Kilobytes() throws IOException {
    try (RawSocket raw = RawSocket.open(fixture.gateway.port())) {
      String id =
          fixture
              .functions
              .event(GatewayFixture.CONNECT)
              .at("/requestContext/connectionId")
              .asText();

      fixture.post(id, "x".repeat(40_000));

      RawSocket.Frame first = raw.receive();
      assertThat(first.payload()).hasSize(32_768);
      assertThat(first.last()).isFalse();
      RawSocket.Frame second = raw.receive();
      assertThat(second.opCode()).isEqualTo(RawSocket.CONTINUATION);
      assertThat(second.payload()).hasSize(40_000 - 32_768);
      assertThat(second.last()).isTrue();
    }
  }

  @Test
  void aClientThatDoesNotReadMakesPostsFailWith429AndGetsTheOthersInOrder() throws IOException {
    try (RawSocket raw = RawSocket.open(fixture.gateway.port())) {
      String id =
          fixture
              .functions
              .event(GatewayFixture.CONNECT)
              .at("/requestContext/connectionId")
              .asText();
      int sent = 0;
      String padding = "x".repeat(30_000);
      int status = 200;
      while (status == 200 && sent < 10_000) {
        status = fixture.post(id, sent + padding);
        sent += status == 200 ? 1 : 0;
      }
      assertThat(status).isEqualTo(429);

      for (int i = 0; i < sent; i++) {
        assertThat(new String(raw.receive().payload(), StandardCharsets.UTF_8))
            .isEqualTo(i + padding);
      }
    }
  }

  @Test
  void theRightIsAskedForAsAwsNamesIt() {
    GatewayFixture.Connected connected = fixture.connected();

    fixture.manage("POST", "/@connections/" + connected.id(), "hello");
    fixture.manage("GET", "/ws/@connections/" + connected.id(), "");

    String resource =
        "arn:aws:execute-api:us-east-1:123456789012:ws4parley/ws/%s/@connections/{connectionId}";
    assertThat(fixture.caller.authorized)
        .containsExactly(
            "execute-api:ManageConnections " + resource.formatted("POST"),
            "execute-api:ManageConnections " + resource.formatted("GET"));
    assertThat(fixture.gateway.connections().signingName()).isEqualTo("execute-api");
  }

  private void assertError(int status, String code, String method, String path) {
    ThrowingCallable call = () -> fixture.manage(method, path, "");
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.code()).isEqualTo(code);
            });
  }
}
