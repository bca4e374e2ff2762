package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are not good, over HTTP and at the handshake. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class TokenTest {
  private final Chat chat;
  private final Person ann;
  private final TokenForge forge;

  TokenTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    forge = new TokenForge(ann, chat.clock().instant());
  }

  Stream<Arguments> badTokens() {
    String good = forge.good();
    return Stream.of(
        Arguments.argumentSet("a word", "token"),
        Arguments.argumentSet("dots", ".."),
        Arguments.argumentSet("three words", "a.b.c"),
        Arguments.argumentSet("another secret's", forge.signedByAnotherSecret()),
        Arguments.argumentSet("a cut signature", good.substring(0, good.length() - 4)),
        Arguments.argumentSet("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
        Arguments.argumentSet("another's claims", otherClaims(good)),
        Arguments.argumentSet("alg none", forge.unsigned()),
        Arguments.argumentSet("alg HS384", forge.withAlgorithm("HS384")),
        Arguments.argumentSet("alg HS512", forge.withAlgorithm("HS512")),
        Arguments.argumentSet("a refresh token", ann.refreshToken()),
        Arguments.argumentSet("type refresh", forge.with("type", "refresh")),
        Arguments.argumentSet("no type", forge.without("type")),
        Arguments.argumentSet("another audience", forge.with("aud", "another")),
        Arguments.argumentSet("no audience", forge.without("aud")),
        Arguments.argumentSet("another issuer", forge.with("iss", "another")),
        Arguments.argumentSet("no issuer", forge.without("iss")),
        Arguments.argumentSet("no expiry", forge.without("exp")),
        Arguments.argumentSet("no subject", forge.without("sub")),
        Arguments.argumentSet("a subject that is no id", forge.with("sub", "ann")));
  }

  @Test
  void aTokenWithNothingWrongIsTaken() {
    chat.api().as(forge.good()).get("/users/me").require(200);
    assertThat(handshakeByHeader("Bearer " + forge.good())).isEqualTo(101);
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void aBadTokenIsRefusedOverHttpAndAtTheHandshake(String token) {
    Response response = chat.api().as(token).get("/users/me");

    response.mustRefuse(401, "UNAUTHENTICATED");
    assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer");
    assertThat(handshakeByHeader("Bearer " + token)).isEqualTo(401);
    assertThat(handshakeByProtocols("bearer", token)).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void whatIsNoRefreshTokenGivesNoTokens(String token) {
    if (token.equals(ann.refreshToken())) {
      token = ann.accessToken();
    }
    chat.api()
        .post("/auth/refresh", Map.of("refreshToken", token))
        .mustRefuse(401, "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YW5uOnNlY3JldA==", "token"})
  void aHeaderWithoutATokenIsRefused(String header) {
    new Api(chat.api().base(), Map.of("Authorization", header))
        .get("/friends")
        .mustRefuse(401, "UNAUTHENTICATED");
    assertThat(handshakeByHeader(header)).isEqualTo(401);
  }

  @Test
  void nothingIsServedWithoutAToken() {
    for (String route :
        List.of(
            "GET /users/me",
            "PATCH /users/me",
            "GET /users/search",
            "POST /friends/request/" + ann.id(),
            "GET /friends/requests",
            "GET /friends/requests/me",
            "POST /friends/respond/" + ann.id(),
            "GET /friends",
            "POST /conversations",
            "GET /conversations",
            "POST /messages",
            "GET /messages")) {
      String[] parts = route.split(" ", 2);
      chat.api().call(parts[0], parts[1], "not even JSON").mustRefuse(401, "UNAUTHENTICATED");
    }
    chat.api().get("/health").require(200);
  }

  @Test
  void aHandshakeWithoutATokenIsRefused() {
    assertThat(Phone.handshake(chat.socketUrl(), Map.of(), List.of())).isEqualTo(401);
    assertThat(handshakeByProtocols(ann.accessToken())).isEqualTo(401);
    assertThat(handshakeByProtocols("chat", ann.accessToken())).isEqualTo(401);
    assertThat(handshakeByProtocols("bearer")).isEqualTo(401);
  }

  private int handshakeByHeader(String header) {
    return Phone.handshake(chat.socketUrl(), Map.of("Authorization", header), List.of());
  }

  private int handshakeByProtocols(String... protocols) {
    return Phone.handshake(chat.socketUrl(), Map.of(), List.of(protocols));
  }

  /** The good token's header and signature around other claims. */
  private String otherClaims(String good) {
    String[] parts = good.split("\\.", 3);
    String[] others = forge.with("sub", "00000000-0000-7000-8000-000000000000").split("\\.", 3);
    return parts[0] + "." + others[1] + "." + parts[2];
  }
}
