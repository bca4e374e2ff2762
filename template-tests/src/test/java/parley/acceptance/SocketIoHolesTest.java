package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client that is not a stock one may send, or leave out. */
@ExtendWith(SharedChat.class)
class SocketIoHolesTest {
  private static final String EVENT_OF_NOBODY =
      "42[\"leave_conversation\",\"00000000-0000-7000-8000-000000000000\"]";

  private final Chat chat;
  private final Person ann;

  SocketIoHolesTest(Chat chat) {
    this.chat = chat;
    this.ann = Person.register(chat, "Ann");
  }

  @Test
  void theOpenPacketIsWhatTheClientsNeed() {
    try (RawSocket raw = RawSocket.open(chat)) {
      JsonNode open = Json.read(raw.await("0{").substring(1));

      assertThat(open.path("sid").asText()).isNotEmpty();
      assertThat(open.path("upgrades").isArray()).as("else JavaScript crashes").isTrue();
      assertThat(open.path("pingInterval").asLong() + open.path("pingTimeout").asLong())
          .as("JavaScript's setTimeout")
          .isLessThan(Integer.MAX_VALUE);
      assertThat(open.path("pingInterval").asLong()).isEqualTo(16 * 60 * 1000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EIO=3&transport=websocket",
        "EIO=5&transport=websocket",
        "EIO=&transport=websocket",
        "EIO=4",
        "EIO=4&transport=polling",
        "EIO=4&transport=websocket&sid=abc"
      })
  void anotherEngineIsRefused(String query) {
    assertThat(Phone.handshake(URI.create(chat.socketUrl() + "?" + query), Map.of(), List.of()))
        .isEqualTo(400);
  }

  @Test
  void aBadTokenInTheHandshakeIsRefusedThere() {
    assertThat(
            Phone.handshake(
                URI.create(chat.socketUrl() + "?EIO=4&transport=websocket&token=x"),
                Map.of(),
                List.of()))
        .isEqualTo(401);
  }

  @Test
  void aTokenInTheHandshakesQueryNeedsNoOther() {
    try (RawSocket raw = RawSocket.open(chat, "&token=" + ann.accessToken())) {
      raw.await("0{");
      raw.send("40");

      raw.await("40{");

      raw.send("420" + EVENT_OF_NOBODY.substring(2));
      raw.await("430");
    }
  }

  @Test
  void aPlainClientMayBringItsTokenInTheQuery() {
    assertThat(
            Phone.handshake(
                URI.create(chat.socketUrl() + "?token=" + ann.accessToken()), Map.of(), List.of()))
        .isEqualTo(101);
  }

  @Test
  void anEventBeforeConnectedEndsTheConnection() {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      raw.send(EVENT_OF_NOBODY);

      raw.awaitClose();
      assertThat(raw.count("42")).as("no answer").isZero();
    }
  }

  @Test
  void whatIsNoPacketBeforeConnectedEndsTheConnection() {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      raw.send("{\"event\":\"send_message\"}");

      raw.awaitClose();
    }
  }

  @Test
  void aSecondConnectPacketChangesNothing() {
    Person ben = Person.register(chat, "Ben");
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send("40{\"token\":\"" + ben.accessToken() + "\"}");
      raw.send("40{\"token\":\"bad\"}");
      raw.send("427" + EVENT_OF_NOBODY.substring(2));
      raw.await("437");

      assertThat(raw.count("40")).isEqualTo(1);
      assertThat(chat.aws().connectionsOf(ann)).hasSize(1);
      assertThat(chat.aws().connectionsOf(ben)).isEmpty();
      assertThat(raw.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "40{\"token\":\"x.y.z\"} | UNAUTHENTICATED",
        "40 | UNAUTHENTICATED",
        "40{} | UNAUTHENTICATED",
        "40{\"token\":null} | UNAUTHENTICATED",
      })
  void aConnectPacketWithoutAGoodTokenIsRefused(String packet, String code) {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      raw.send(packet);

      JsonNode error = Json.read(raw.await("44{").substring(2));
      assertThat(error.at("/data/code").asText()).isEqualTo(code);
      assertThat(error.path("message").asText()).isNotEmpty();
      raw.awaitClose();
    }
    Eventually.await("nothing is left", () -> chat.aws().connectionsOf(ann).isEmpty());
  }

  static List<String> malformed() {
    return List.of(
        "4",
        "42",
        "42{}",
        "42[]",
        "42[7]",
        "42[\"a\"",
        "42[\"a\"]]",
        "42[\"a\",{\"x\":1,\"x\":2}]",
        "42[\"a\"," + "[".repeat(20) + "]".repeat(20) + "]",
        "42[\"a\"," + "[".repeat(30_000),
        "42" + "9".repeat(16) + "[\"a\"]",
        "42" + "9".repeat(30_000) + "[\"a\"]",
        "42/chat,[\"a\"]",
        "40/" + "x".repeat(30_000) + ",",
        "45",
        "451-[\"a\",{\"_placeholder\":true,\"num\":0}]",
        "461-[{\"_placeholder\":true,\"num\":0}]",
        "47",
        "42[\"connect\"]",
        "42[\"disconnecting\",{}]",
        "2probe",
        "5",
        "bAQID",
        "{\"event\":\"send_message\",\"id\":1,\"data\":{}}",
        "hello");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aPacketThatCannotBeReadIsAnErrorEventAndTheConnectionLives(String packet) {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send(packet);

      assertThat(raw.await("42[\"error\"")).contains("MALFORMED_JSON");
      raw.send("421" + EVENT_OF_NOBODY.substring(2));
      raw.await("431[");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "6", "431[]", "3probe"})
  void aPacketThatAsksForNothingIsOverlooked(String packet) {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send(packet);
      raw.send("421" + EVENT_OF_NOBODY.substring(2));
      raw.await("431[");
      assertThat(raw.count("42")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat", "/chat/of:1_2.3-4"})
  void anotherNamespaceIsRefusedAndTheMainOneGoesOn(String namespace) {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send("40" + namespace + ",{\"token\":\"x\"}");

      assertThat(raw.await("44"))
          .isEqualTo("44" + namespace + ",{\"message\":\"Invalid namespace\"}");
      raw.send("421" + EVENT_OF_NOBODY.substring(2));
      raw.await("431[");
    }
  }

  @Test
  void tooLargeAMessageIsClosedByTheGateway() {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send("42[\"send_message\",\"" + "x".repeat(140_000) + "\"]");

      assertThat(raw.awaitClose()).isEqualTo(1009);
    }
  }

  @Test
  void binaryIsClosedByTheGateway() {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.sendBinary(new byte[] {1, 2, 3});

      assertThat(raw.awaitClose()).isEqualTo(1003);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"41", "1"})
  void aClientThatLeavesIsClosed(String packet) {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      raw.send(packet);

      raw.awaitClose();
    }
    Eventually.await("it is forgotten", () -> chat.aws().connectionsOf(ann).isEmpty());
  }

  @Test
  void aConnectionThatOnlyBreaksRulesIsDeleted() {
    try (RawSocket raw = RawSocket.connected(chat, ann)) {
      for (int breaches = 1; breaches < 20; breaches++) {
        raw.send("nonsense");
        raw.awaitCount("42[\"error\"", breaches);
      }
      raw.send("nonsense");

      raw.await("{}");
      raw.awaitClose();
    }
  }

  @Test
  void soIsAPlainOne() {
    try (Phone phone = ann.phone()) {
      for (int breaches = 1; breaches < 20; breaches++) {
        phone.send("nonsense");
        phone.awaitCount("error", breaches);
      }
      phone.send("nonsense");

      assertThat(phone.awaitClose()).isEqualTo(1000);
    }
  }
}
