package parley.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.Contract;
import parley.functions.Offline;

/** How the bytes of a body are read, for every route of the contract. */
class BodyContractTest {
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static final Contract CONTRACT = Contract.load();
  private static final Offline OFFLINE = new Offline(Clock.systemUTC());
  private static final Router ROUTER = OFFLINE.router();
  private static String token = "";

  @BeforeAll
  static void logIn() {
    token = OFFLINE.accessToken();
  }

  @ParameterizedTest
  @CsvSource({
    "80, a byte that only continues",
    "c3, a character of two bytes cut short",
    "e282, of three",
    "f09f98, of four",
    "c080, a NUL written too long",
    "eda080, a surrogate",
    "f4908080, a code point past the last",
    "ff, a byte that UTF-8 does not have",
    "e9, Latin-1"
  })
  void bytesThatAreNotUtf8AreRefusedOnEveryBodyHoweverTheyAreHandedOver(String hex, String kind) {
    for (String route : routes(true).toList()) {
      byte[] body = withBytes(example(route), HexFormat.of().parseHex(hex));
      String base64 = Base64.getEncoder().encodeToString(body);
      // What API Gateway makes of a body of type application/json.
      String replaced = new String(body, StandardCharsets.UTF_8);
      assertThat(replaced).contains("\ufffd");
      assertCode(route, answer(route, token, base64, true), "MALFORMED_JSON");
      assertCode(route, answer(route, token, replaced, false), "MALFORMED_JSON");
    }
  }

  @Test
  void theReplacementCharacterItselfIsTakenWhereItIsSurelyMeant() {
    String name = "{\"name\": \"\ufffd\"}";
    String base64 = Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    String route = "PATCH /users/me";
    assertCode(route, answer(route, token, base64, true), "SERVICE_UNAVAILABLE");
    assertCode(
        route, answer(route, token, "{\"name\": \"\\ufffd\"}", false), "SERVICE_UNAVAILABLE");
    assertCode(route, answer(route, token, name, false), "MALFORMED_JSON");
  }

  @Test
  void aRouteThatReadsNoBodyLooksAtNone() {
    for (String route : routes(false).toList()) {
      assertCode(route, answer(route, token, "gA==", true), "SERVICE_UNAVAILABLE");
      assertCode(route, answer(route, token, "\ufffd", false), "SERVICE_UNAVAILABLE");
      assertCode(route, answer(route, token, "{".repeat(100_000), false), "SERVICE_UNAVAILABLE");
    }
  }

  @Test
  void nobodysBodyIsLookedAtWhereATokenIsNeeded() {
    for (String route : CONTRACT.routes()) {
      if (!operation(route).has("security")) {
        for (@Nullable String bearer : new @Nullable String[] {null, "a.b.c"}) {
          assertCode(route, answer(route, bearer, "gA==", true), "UNAUTHENTICATED");
          assertCode(route, answer(route, bearer, "\ufffd", false), "UNAUTHENTICATED");
        }
      }
    }
  }

  /** Those whose body the contract describes, or the others. */
  private static Stream<String> routes(boolean reading) {
    return CONTRACT.routes().stream()
        .filter(route -> operation(route).has("requestBody") == reading);
  }

  private static APIGatewayV2HTTPResponse answer(
      String route, @Nullable String bearer, String body, boolean base64) {
    String line = route.replaceAll("\\{[^}]*}", ID) + "?q=a&ids=" + ID + "&conversationId=" + ID;
    APIGatewayV2HTTPEvent event = Requests.event(line, bearer, body);
    event.setIsBase64Encoded(base64);
    return ROUTER.handle(event);
  }

  private static void assertCode(String route, APIGatewayV2HTTPResponse response, String code) {
    assertThat(response.getBody()).as(route).contains("\"code\":\"" + code + "\"");
    String[] parts = route.split(" ", 2);
    assertThat(
            CONTRACT.validateResponse(
                parts[0], parts[1], response.getStatusCode(), response.getBody()))
        .isEmpty();
  }

  /** The contract's own example of the body. */
  private static JsonNode example(String route) {
    return operation(route).at("/requestBody/content/application~1json/example");
  }

  /** The body with these bytes at the end of its first text, or of a field that nobody knows. */
  private static byte[] withBytes(JsonNode body, byte[] bytes) {
    String text = body.toString();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (field.getValue().isTextual()) {
        String value = field.getValue().toString();
        int end = text.indexOf(value) + value.length() - 1;
        return joined(List.of(utf8(text.substring(0, end)), bytes, utf8(text.substring(end))));
      }
    }
    return joined(List.of(utf8("{\"x\": \""), bytes, utf8("\"}")));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static JsonNode operation(String route) {
    String[] parts = route.split(" ", 2);
    return CONTRACT.openApi().path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }
}
