package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are none: they are refused by name and change nothing. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class MalformedHttpTest {
  private final Friends friends;
  private Map<String, String> before = Map.of();

  MalformedHttpTest(Chat chat) {
    friends = Friends.meet(chat);
  }

  @BeforeAll
  void noteTheState() {
    friends.ann().send(friends.conversation(), "before").require(201);
    before = friends.ann().state();
  }

  @AfterEach
  void nothingHasChanged() {
    Map<String, String> expected = before;
    before = friends.ann().state();
    assertThat(before).isEqualTo(expected);
  }

  static Stream<String> malformedBodies() {
    return Stream.of(
        "",
        "{",
        "hello",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{} {}",
        "{\"content\": \"a\", \"content\": \"b\"}",
        "{\"content\": 'a'}",
        "{\"content\": \"\u0001\"}",
        "{\"content\": \"\\u12\"}",
        "{\"content\": " + "9".repeat(400) + "}",
        "{\"content\": " + "[".repeat(17) + "]".repeat(17) + "}",
        "[".repeat(30_000),
        "{\"a\":".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("malformedBodies")
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    for (String path : new String[] {"/messages", "/conversations"}) {
      friends.ann().api().call("POST", path, body).mustRefuse(400, "MALFORMED_JSON");
    }
    friends.ann().api().call("PATCH", "/users/me", body).mustRefuse(400, "MALFORMED_JSON");
    friends.ann().chat().api().call("POST", "/auth/login", body).mustRefuse(400, "MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/json; charset=utf-8", "application/octet-stream"})
  void aBodyThatIsNotUtf8IsRefusedWhateverItsType(String type) {
    // Written as Latin-1 below: e acute, and an emoji of four bytes of which the last is missing.
    for (String character : new String[] {"\u00e9", "\u00f0\u009f\u0098"}) {
      String message =
          "{\"conversationId\":\"%s\",\"content\":\"caf%s\"}"
              .formatted(friends.conversation(), character);
      String account =
          "{\"email\":\"caf%s@example.com\",\"password\":\"12345678\",\"name\":\"Ann\"}"
              .formatted(character);

      byte[] latin = message.getBytes(StandardCharsets.ISO_8859_1);
      friends.ann().api().call("POST", "/messages", type, latin).mustRefuse(400, "MALFORMED_JSON");
      friends
          .ann()
          .chat()
          .api()
          .call("POST", "/auth/register", type, account.getBytes(StandardCharsets.ISO_8859_1))
          .mustRefuse(400, "MALFORMED_JSON");
    }
  }

  @Test
  void aBodyIsNotLookedAtBeforeItIsKnownWhoSendsIt() {
    byte[] broken = {(byte) 0x80};

    Api nobody = friends.ann().chat().api();
    nobody.call("POST", "/messages", "text/plain", broken).mustRefuse(401, "UNAUTHENTICATED");
    nobody.call("GET", "/users/me", "image/png", broken).mustRefuse(401, "UNAUTHENTICATED");
    friends.ann().api().call("GET", "/users/me", "image/png", broken).require(200);
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    String content = "x".repeat(70_000);

    friends.ann().send(friends.conversation(), content).mustRefuse(413, "PAYLOAD_TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": 7}",
        "{\"name\": [\"Ann\"]}",
        "{\"name\": {}}",
        "{\"name\": \"\"}",
        "{\"name\": \"  \"}",
        "{\"name\": \"nul \\u0000\"}",
        "{\"name\": \"half \\ud83d\"}",
        "{\"name\": \"half \\udc4b\"}",
        "{\"aboutMe\": false}",
        "{\"aboutMe\": \"nul \\u0000\"}",
        "{\"aboutMe\": \"half \\ud83d\"}",
        "{\"email\": \"new@example.org\"}",
        "{\"name\": \"New name\", \"admin\": true}"
      })
  void aProfileChangeThatBreaksARuleChangesNothing(String body) {
    friends.ann().api().call("PATCH", "/users/me", body).mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void aProfileTextThatIsTooLongChangesNothing() {
    Api ann = friends.ann().api();

    ann.patch("/users/me", Map.of("name", "n".repeat(101))).mustRefuse(400, "VALIDATION_FAILED");
    ann.patch("/users/me", Map.of("name", "New", "aboutMe", "a".repeat(501)))
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?q=", "?q=%20%20", "?q=a%00b"})
  void aSearchForNothingIsRefused(String query) {
    friends.ann().api().get("/users/search" + query).mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void aSearchForTooMuchIsRefused() {
    friends
        .ann()
        .api()
        .get("/users/search?q=" + "q".repeat(255))
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%25", "_", "%27%20or%201=1--", "%5C"})
  void whatMeansSomethingInSqlIsSearchedAsText(String text) {
    String searched = URLDecoder.decode(text, StandardCharsets.UTF_8);
    // Of the others in this system some may have it in their names, but not Ben.
    assertThat(friends.ann().list("/users/search?q=" + text))
        .allSatisfy(found -> assertThat(found.path("name").asText()).contains(searched));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/user",
        "/users/me/",
        "/users/me/more",
        "//users/me",
        "/USERS/ME",
        "/friends/request/a/b",
        "/auth/register/"
      })
  void anUnknownRouteIsRefused(String path) {
    friends.ann().api().get(path).mustRefuse(404, "ROUTE_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /auth/login, POST",
    "DELETE, /users/me, 'GET, PATCH'",
    "PUT, /messages, 'GET, POST'",
    "POST, /health, GET",
    "PATCH, /friends, GET"
  })
  void anUnknownMethodOfARouteIsRefusedAndTheOthersAreNamed(
      String method, String path, String allowed) {
    Response response = friends.ann().api().call(method, path, "");

    response.mustRefuse(405, "METHOD_NOT_ALLOWED");
    assertThat(response.headers().firstValue("allow")).contains(allowed);
  }
}
