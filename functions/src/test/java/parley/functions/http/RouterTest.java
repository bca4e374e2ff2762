package parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.contract.Contract;
import parley.functions.Offline;
import parley.functions.Offline.Answer;

class RouterTest {
  private static final Contract CONTRACT = Contract.load();
  private static final Offline OFFLINE = new Offline(Clock.systemUTC());
  private static final Router ROUTER = OFFLINE.router();
  private static final String LOGIN = "{\"email\": \"a@b.c\", \"password\": \"é😀\"}";
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static String token = "";

  @BeforeAll
  static void logIn() {
    token = OFFLINE.accessToken();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /nowhere",
        "GET /people",
        "GET /users/me/",
        "GET /users/me/x",
        "GET //users/me",
        "GET /Users/me",
        "POST /friends/requests/you/all",
        "GET /friends/requests/you/now",
        "GET /users%2Fme"
      })
  void anUnknownPathIsNotFound(String line) {
    assertThat(handle(line, null)).satisfies(response -> assertCode(response, "ROUTE_NOT_FOUND"));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /users/me, 'GET, PATCH'",
    "DELETE /conversations, 'GET, POST'",
    "GET /auth/login, POST",
    "HEAD /health, GET",
    "get /health, GET",
  })
  void anotherMethodIsRefusedWithThoseThatAreAllowed(String line, String allowed) {
    APIGatewayV2HTTPResponse response = handle(line, null);
    assertThat(response.getStatusCode()).isEqualTo(405);
    assertThat(response.getHeaders()).containsEntry("allow", allowed);
    assertCode(response, "METHOD_NOT_ALLOWED");
  }

  @Test
  void aPathThatIsNamedIsNotTakenForAnId() {
    APIGatewayV2HTTPResponse response = handle("DELETE /friends/requests", token);
    assertCode(response, "METHOD_NOT_ALLOWED");
    assertThat(response.getHeaders()).containsEntry("allow", "GET");
    assertCode(handle("DELETE /friends/" + ID, token), "SERVICE_UNAVAILABLE");
  }

  @Test
  void aPathIsDecodedSegmentBySegment() {
    assertCode(
        handle("POST /friends/request/" + ID.replace("0", "%30"), token), "SERVICE_UNAVAILABLE");
    assertCode(handle("GET /us%65rs/m%65", token), "SERVICE_UNAVAILABLE");
    assertCode(handle("POST /friends/request/a%2Fb", token), "VALIDATION_FAILED");
    assertCode(handle("POST /friends/request/", token), "VALIDATION_FAILED");
    assertCode(handle("POST /friends/request/+", token), "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%z", "%zz", "%00", "%ff", "%c3%28", "\0", "😀"})
  void aPathThatCannotBeDecodedIsAClientsMistake(String segment) {
    assertCode(handle("POST /friends/request/" + segment, token), "VALIDATION_FAILED");
  }

  @Test
  void aBodyMayComeInBase64() {
    APIGatewayV2HTTPEvent event = Requests.event("POST /auth/login", null, base64(LOGIN));
    event.setIsBase64Encoded(true);
    assertCode(ROUTER.handle(event), "SERVICE_UNAVAILABLE");
  }

  @Test
  void aBodyThatIsNoUtf8IsRefused() {
    String body = Base64.getEncoder().encodeToString(new byte[] {'"', (byte) 0xC3, '"'});
    APIGatewayV2HTTPEvent event = Requests.event("POST /auth/login", null, body);
    event.setIsBase64Encoded(true);
    assertCode(ROUTER.handle(event), "MALFORMED_JSON");
  }

  @Test
  void aMissingBodyIsRefused() {
    assertCode(handle("POST /auth/login", null), "MALFORMED_JSON");
  }

  @Test
  void aBodyMayHave65536Characters() {
    String padded = LOGIN + " ".repeat(65_536 - LOGIN.length());
    assertCode(
        ROUTER.handle(Requests.event("POST /auth/login", null, padded)), "SERVICE_UNAVAILABLE");
    APIGatewayV2HTTPResponse response =
        ROUTER.handle(Requests.event("POST /auth/login", null, padded + " "));
    assertThat(response.getStatusCode()).isEqualTo(413);
    assertCode(response, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void theTokenIsCheckedBeforeTheBodyIsLookedAt() {
    assertCode(
        ROUTER.handle(Requests.event("POST /messages", "forged", "{".repeat(100_000))),
        "UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Token x", "Bearer a.b.c"})
  void anAuthorizationThatIsNoGoodBearerTokenIsRefused(String header) {
    APIGatewayV2HTTPEvent event = Requests.event("GET /users/me", null, null);
    event.setHeaders(Map.of("authorization", header));
    APIGatewayV2HTTPResponse response = ROUTER.handle(event);
    assertCode(response, "UNAUTHENTICATED");
    assertThat(response.getHeaders()).containsEntry("www-authenticate", "Bearer");
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    APIGatewayV2HTTPEvent event = Requests.event("GET /users/me", null, null);
    event.setHeaders(Map.of("authorization", "bearer  " + token));
    assertCode(ROUTER.handle(event), "SERVICE_UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /users/search",
        "GET /users/search?q=",
        "GET /users/search?q= ",
        "GET /messages",
        "GET /messages?conversationId=x",
        "GET /messages?conversationId=" + ID + "&limit=0",
        "GET /messages?conversationId=" + ID + "&limit=101",
        "GET /messages?conversationId=" + ID + "&limit=-1",
        "GET /messages?conversationId=" + ID + "&limit=1.5",
        "GET /messages?conversationId=" + ID + "&limit=99999999999",
        "GET /messages?conversationId=" + ID + "&limit=",
        "GET /messages?conversationId=" + ID + "&limit= 5",
        "GET /messages?conversationId=" + ID + "&limit=٥",
        "GET /messages?conversationId=" + ID + "&limit=0x5",
        "GET /messages?conversationId=" + ID + "&limit=1e99999999999",
        "GET /messages?conversationId=" + ID + "&limit=555555555555555555555555555555555",
        "GET /conversations/" + ID + "/receipts?seq=-1",
        "GET /conversations/" + ID + "/receipts?seq=1.5",
        "GET /conversations/" + ID + "/receipts?seq=one",
      })
  void aParameterThatBreaksItsRuleIsRefused(String line) {
    APIGatewayV2HTTPResponse response = handle(line, token);
    assertCode(response, "VALIDATION_FAILED");
    assertThat(CONTRACT.validateResponse("GET", line.substring(4), 400, response.getBody()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /messages?conversationId=" + ID + "&cursor=",
        "GET /messages?conversationId=" + ID + "&cursor=x",
        "GET /friends?cursor=x",
        "GET /conversations?cursor=" + ID,
      })
  void whatIsNoCursorIsRefused(String line) {
    APIGatewayV2HTTPResponse response = handle(line, token);
    assertCode(response, "INVALID_CURSOR");
    assertThat(CONTRACT.validateResponse("GET", line.substring(4), 400, response.getBody()))
        .isEmpty();
  }

  @Test
  void anEmailThatNoDatabaseCouldHoldIsNobodys() {
    String body = "{\"email\": \"a\\u0000@b.c\", \"password\": \"12345678\"}";
    assertCode(
        ROUTER.handle(Requests.event("POST /auth/login", null, body)), "INVALID_CREDENTIALS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'email': 'a\\ud83d@b.c', 'password': '12345678'}",
        "{'email': 'a@b.c', 'password': '1234567\\ud83d'}",
      })
  void aLoginWithWhatIsNoTextIsRefused(String body) {
    assertCode(
        ROUTER.handle(Requests.event("POST /auth/login", null, body.replace('\'', '"'))),
        "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "20.0", "2e1", "200e-1"})
  void anIntegerInAQueryIsOneHoweverItIsWritten(String number) {
    String history = "GET /messages?conversationId=" + ID + "&limit=" + number;
    assertCode(handle(history, token), "SERVICE_UNAVAILABLE");
    String receipts = "GET /conversations/" + ID + "/receipts?seq=" + number;
    assertCode(handle(receipts, token), "SERVICE_UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740992", "-9007199254740992", "1e99", "1e999999999"})
  void anIntegerInAQueryThatIsOutOfRangeIsToldSo(String number) {
    assertThat(handle("GET /conversations/" + ID + "/receipts?seq=" + number, token).getBody())
        .contains("\"message\":\"seq is out of range\",\"code\":\"VALIDATION_FAILED\"");
  }

  @Test
  void nothingIsToldOfWhatWentWrongInside() {
    Offline broken = new Offline(Clock.systemUTC());
    broken.answer(() -> Answer.ofMistake("select password_hash from users"));
    APIGatewayV2HTTPResponse response =
        broken.router().handle(Requests.event("GET /health", null, null));
    assertThat(response.getStatusCode()).isEqualTo(500);
    assertThat(response.getBody())
        .isEqualTo(
            "{\"statusCode\":500,\"error\":\"Internal Server Error\","
                + "\"message\":\"something went wrong on our side\",\"code\":\"INTERNAL\"}");
  }

  @Test
  void everyAnswerTellsBrowsersToKeepNothingAndToRunNothing() {
    for (String line : List.of("GET /health", "GET /nowhere", "PUT /health", "GET /users/me")) {
      assertThat(handle(line, null).getHeaders())
          .as(line)
          .containsEntry("cache-control", "no-store")
          .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
          .containsEntry("strict-transport-security", "max-age=31536000")
          .containsEntry("x-content-type-options", "nosniff");
    }
  }

  @Test
  void healthIsOkWhenTheDatabaseAndTheTableAnswer() {
    Offline healthy = new Offline(Clock.systemUTC());
    healthy.answer(Answer::ofNoRows);
    APIGatewayV2HTTPResponse response =
        healthy.router().handle(Requests.event("GET /health", null, null));
    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store");
    assertThat(response.getBody()).isEqualTo("{\"status\":\"ok\"}");
  }

  private static APIGatewayV2HTTPResponse handle(String line, @Nullable String bearer) {
    return ROUTER.handle(Requests.event(line, bearer, null));
  }

  private static void assertCode(APIGatewayV2HTTPResponse response, String code) {
    assertThat(response.getBody()).contains("\"code\":\"" + code + "\"");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
