package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.HTTP;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final GatewayFixture fixture = new GatewayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void statusHeadersCookiesAndBodyOfAnAnswerReachTheClient() {
    fixture.functions.on(
        HTTP,
        event ->
            """
            {"statusCode": 201, "headers": {"X-One": "1", "X-Number": 2, "Content-Type": "text/html"},
             "cookies": ["a=1", "b=2"], "body": "<p>"}
            """);

    HttpResponse<String> response = fixture.get("/");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("x-one")).hasValue("1");
    assertThat(response.headers().firstValue("x-number")).hasValue("2");
    assertThat(response.headers().allValues("content-type")).containsExactly("text/html");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(response.headers().firstValue("apigw-requestid")).isPresent();
    assertThat(response.body()).isEqualTo("<p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "[1,2]", "{\"body\":\"x\"}"})
  void anAnswerWithoutAStatusCodeIsThe200ItselfAsJson(String answer) {
    fixture.functions.on(HTTP, event -> answer);

    HttpResponse<String> response = fixture.get("/");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo(answer);
  }

  @Test
  void aBase64BodyIsDecoded() {
    fixture.functions.on(
        HTTP, event -> "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"aGk=\"}");

    assertThat(fixture.get("/").body()).isEqualTo("hi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\":\"soon\"}",
        "{\"statusCode\":20}",
        "{\"statusCode\":101}",
        "{\"statusCode\":200,\"body\":{}}",
        "{\"statusCode\":200,\"headers\":[]}",
        "{\"statusCode\":200,\"headers\":{\"a\":{}}}",
        "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"?\"}",
        "no JSON"
      })
  void aMalformedAnswerIs500(String answer) {
    fixture.functions.on(HTTP, event -> answer);

    assertInternalServerError(fixture.get("/"));
  }

  @Test
  void aFunctionsFaultIs500() {
    fixture.functions.on(
        HTTP,
        event -> {
          throw new IllegalStateException("boom");
        });

    assertInternalServerError(fixture.get("/"));
  }

  @Test
  void anAnswerOfMoreThanSixMegabytesIs500() {
    fixture.functions.on(HTTP, event -> "\"" + "x".repeat(6 * MEGABYTE) + "\"");

    assertInternalServerError(fixture.get("/"));
  }

  @Test
  void aHeadRequestHasNoBody() {
    fixture.functions.on(HTTP, event -> "{\"statusCode\":200,\"body\":\"hello\"}");

    HttpResponse<String> response =
        fixture.send(
            HttpRequest.newBuilder(fixture.uri("/"))
                .method("HEAD", BodyPublishers.noBody())
                .build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-length")).hasValue("5");
  }

  @Test
  void aFunctionCannotSpoilTheMessagesFraming() {
    fixture.functions.on(
        HTTP,
        event ->
            """
            {"statusCode": 200, "body": "hello",
             "headers": {"Content-Length": "2", "Transfer-Encoding": "chunked"}}
            """);

    assertThat(fixture.get("/").body()).isEqualTo("hello");
  }

  private static void assertInternalServerError(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }
}
