package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.HTTP;
import static parley.local.gateway.GatewayFixture.HTTP_API;
import static parley.local.gateway.GatewayFixture.OPEN_API;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
  private GatewayFixture fixture =
      fixture(
          new CorsConfiguration(
              List.of("https://app.example", "http://*"),
              List.of("GET", "POST"),
              List.of("authorization", "content-type"),
              List.of("x-total"),
              true,
              600));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theGatewayAnswersThePreflightByItself() {
    HttpResponse<String> response = preflight("https://app.example");

    assertThat(response.statusCode()).isEqualTo(204);
    assertHeader(response, "access-control-allow-origin", "https://app.example");
    assertHeader(response, "access-control-allow-methods", "GET,POST");
    assertHeader(response, "access-control-allow-headers", "authorization,content-type");
    assertHeader(response, "access-control-allow-credentials", "true");
    assertHeader(response, "access-control-max-age", "600");
    assertThat(fixture.functions.waitingEvents(HTTP)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"http://localhost:8081, true", "https://evil.example, false"})
  void onlyTheAllowedOriginsGetTheHeaders(String origin, boolean allowed) {
    assertThat(preflight(origin).headers().firstValue("access-control-allow-origin").isPresent())
        .isEqualTo(allowed);
  }

  @Test
  void theSettingOverridesTheHandlersHeaders() {
    fixture.functions.on(
        HTTP,
        event ->
            """
            {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "X-Total": "1",
             "access-control-allow-methods": "DELETE"}}
            """);

    HttpResponse<String> response = fixture.get("/", "Origin", "https://app.example");

    assertHeader(response, "access-control-allow-origin", "https://app.example");
    assertHeader(response, "access-control-expose-headers", "x-total");
    assertHeader(response, "x-total", "1");
    assertThat(response.headers().firstValue("access-control-allow-methods")).isEmpty();
    assertThat(
            fixture
                .get("/", "Origin", "https://evil.example")
                .headers()
                .firstValue("access-control-allow-origin"))
        .isEmpty();
  }

  @Test
  void everyOriginIsAnsweredWithAStar() {
    fixture.close();
    fixture =
        fixture(
            new CorsConfiguration(List.of("*"), List.of("*"), List.of("*"), List.of(), false, 0));

    assertHeader(preflight("https://any.example"), "access-control-allow-origin", "*");
  }

  @Test
  void withoutASettingTheHandlerAnswersThePreflight() {
    fixture.close();
    fixture = new GatewayFixture();
    fixture.functions.on(
        HTTP,
        event -> "{\"statusCode\":200,\"headers\":{\"access-control-allow-origin\":\"mine\"}}");

    assertHeader(preflight("https://any.example"), "access-control-allow-origin", "mine");
  }

  private HttpResponse<String> preflight(String origin) {
    return fixture.send(
        HttpRequest.newBuilder(fixture.uri("/messages"))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .headers("Origin", origin, "Access-Control-Request-Method", "POST")
            .build());
  }

  private static void assertHeader(HttpResponse<String> response, String name, String value) {
    assertThat(response.headers().allValues(name)).containsExactly(value);
  }

  private static GatewayFixture fixture(CorsConfiguration cors) {
    return new GatewayFixture(
        new HttpApiDefinition(
            "http4parley", "$default", HTTP_API.functionArnByRouteKey(), cors, null),
        OPEN_API);
  }
}
