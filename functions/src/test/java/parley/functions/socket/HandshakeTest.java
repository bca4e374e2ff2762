package parley.functions.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abc",
    "authorization, bearer abc",
    "AUTHORIZATION, 'BEARER  abc '"
  })
  void findsTheTokenInTheHeaderInAnyCase(String name, String value) {
    Handshake handshake = new Handshake(Map.of(name, value), null);
    assertThat(handshake.token()).contains("abc");
    assertThat(handshake.acceptedProtocol()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-WebSocket-Protocol, 'bearer, abc'",
    "sec-websocket-protocol, 'bearer,abc'",
    "Sec-Websocket-Protocol, ' bearer ,  abc '"
  })
  void findsTheTokenAmongTheSubprotocolsAndAcceptsTheFirst(String name, String value) {
    Handshake handshake = new Handshake(Map.of(name, value), null);
    assertThat(handshake.token()).contains("abc");
    assertThat(handshake.acceptedProtocol()).contains("bearer");
  }

  @Test
  void readsTheHeaderFirst() {
    Handshake handshake =
        new Handshake(
            Map.of("Authorization", "Bearer abc", "Sec-WebSocket-Protocol", "bearer, def"), null);
    assertThat(handshake.token()).contains("abc");
    assertThat(handshake.acceptedProtocol()).contains("bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Basic abc",
    "Authorization, abc",
    "Authorization, Bearerabc",
    "Sec-WebSocket-Protocol, bearer",
    "Sec-WebSocket-Protocol, abc",
    "Sec-WebSocket-Protocol, 'abc, bearer'",
    "Sec-WebSocket-Protocol, 'chat, bearer, abc'",
    "Sec-WebSocket-Protocol, 'bearer, abc, chat'",
    "Cookie, Bearer abc"
  })
  void findsNoneElsewhere(String name, String value) {
    Handshake handshake = new Handshake(Map.of(name, value), null);
    assertThat(handshake.token()).isEmpty();
    assertThat(handshake.acceptedProtocol()).isEmpty();
  }

  @Test
  void findsNoneWithoutHeaders() {
    assertThat(new Handshake(null, null).token()).isEmpty();
    assertThat(new Handshake(Map.of(), Map.of()).token()).isEmpty();
    assertThat(new Handshake(null, Map.of("token", "")).token()).isEmpty();
  }
}
