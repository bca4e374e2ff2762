package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.HTTP;
import static parley.local.gateway.GatewayFixture.HTTP_API;
import static parley.local.gateway.GatewayFixture.OPEN_API;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.GatewayOptions.Limits;

class HttpApiTest {
  private static final int MEGABYTE = 1024 * 1024;

  private GatewayFixture fixture = new GatewayFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void headerNamesAreLowerCaseAndDuplicatesJoined() {
    fixture.get("/x", "X-Tag", "a", "x-tag", "b", "Accept", "text/html");

    JsonNode headers = fixture.functions.event(HTTP).path("headers");
    assertThat(headers.path("x-tag").asText()).isEqualTo("a,b");
    assertThat(headers.path("accept").asText()).isEqualTo("text/html");
    assertThat(headers.has("X-Tag")).isFalse();
  }

  @Test
  void cookiesStandApart() {
    fixture.get("/x", "Cookie", "a=1; b=2", "Cookie", "c=3");

    JsonNode event = fixture.functions.event(HTTP);
    assertThat(event.path("cookies").toString()).isEqualTo("[\"a=1\",\"b=2\",\"c=3\"]");
    assertThat(event.path("headers").has("cookie")).isFalse();
  }

  @Test
  void thePathIsDecodedAndTheQueryStringIsRaw() {
    fixture.get("/a%20b/c+d?x=1&x=2&name=A%20%26+B&empty=&flag");

    JsonNode event = fixture.functions.event(HTTP);
    assertThat(event.path("rawPath").asText()).isEqualTo("/a b/c+d");
    assertThat(event.path("rawQueryString").asText())
        .isEqualTo("x=1&x=2&name=A%20%26+B&empty=&flag");
    assertThat(event.path("queryStringParameters").toString())
        .isEqualTo("{\"x\":\"1,2\",\"name\":\"A & B\",\"empty\":\"\",\"flag\":\"\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, false",
    "application/json; charset=utf-8, false",
    "text/plain, false",
    "application/javascript, false",
    "application/xml, false",
    "image/png, true",
    "application/x-www-form-urlencoded, true"
  })
  void theContentTypeDecidesWhetherABodyIsBase64(String contentType, boolean base64) {
    byte[] body = "{\"héllo\":1}".getBytes(StandardCharsets.UTF_8);
    fixture.post("/x", body, "Content-Type", contentType);

    JsonNode event = fixture.functions.event(HTTP);
    assertThat(event.path("isBase64Encoded").asBoolean()).isEqualTo(base64);
    String received = event.path("body").asText();
    assertThat(
            base64
                ? Base64.getDecoder().decode(received)
                : received.getBytes(StandardCharsets.UTF_8))
        .isEqualTo(body);
  }

  @Test
  void aRouteWithoutItsFunctionIs500() {
    restart(new HttpApiDefinition("a", "$default", Map.of("$default", "arn:none")));

    assertError(fixture.get("/"), 500, "Internal Server Error");
  }

  @Test
  void aFunctionThatTakesTooLongIs503() {
    CountDownLatch forever = new CountDownLatch(1);
    fixture.close();
    fixture =
        new GatewayFixture(
            HTTP_API,
            OPEN_API,
            options -> options.withLimits(Limits.ofAws().withTimeouts(Duration.ofMillis(50))));
    fixture.functions.on(
        HTTP,
        event -> {
          forever.await();
          return "{}";
        });

    assertError(fixture.get("/"), 503, "Service Unavailable");
    forever.countDown();
  }

  @ParameterizedTest
  @ValueSource(ints = {6 * MEGABYTE, 10 * MEGABYTE, 10 * MEGABYTE + 1, 20 * MEGABYTE})
  void aBodyThatDoesNotFitTheFunctionIs413(int bytes) {
    HttpResponse<String> response =
        fixture.post("/", new byte[bytes], "Content-Type", "text/plain");

    assertError(response, 413, "Request Too Long");
    assertThat(fixture.functions.waitingEvents(HTTP)).isZero();
  }

  @Test
  void aBodyOfAlmostSixMegabytesIsTaken() {
    byte[] body = "x".repeat(6 * MEGABYTE - 2048).getBytes(StandardCharsets.UTF_8);

    assertThat(fixture.post("/", body, "Content-Type", "text/plain").statusCode()).isEqualTo(200);
  }

  @Test
  void headersOfMoreThan10240CharactersAre431() {
    assertThat(fixture.get("/", "X-Long", "x".repeat(9_000)).statusCode()).isEqualTo(200);
    assertThat(fixture.get("/", "X-Long", "x".repeat(10_240)).statusCode()).isEqualTo(431);
  }

  @Test
  void requestsBeyondTheThrottleAre429() {
    restart(
        new HttpApiDefinition(
            "a", "$default", HTTP_API.functionArnByRouteKey(), null, new Throttle(2, 3)));

    for (int i = 0; i < 3; i++) {
      assertThat(fixture.get("/").statusCode()).isEqualTo(200);
    }
    assertError(fixture.get("/"), 429, "Too Many Requests");
    fixture.clock.advance(Duration.ofMillis(500));
    assertThat(fixture.get("/").statusCode()).isEqualTo(200);
    assertError(fixture.get("/"), 429, "Too Many Requests");
  }

  @Test
  void aNamedStageIsThePathsFirstPart() {
    restart(new HttpApiDefinition("a", "v1", Map.of("GET /x", HTTP)));

    assertError(fixture.get("/x"), 404, "Not Found");
    assertThat(fixture.get("/v1/x").statusCode()).isEqualTo(200);
    assertThat(fixture.functions.event(HTTP).path("rawPath").asText()).isEqualTo("/v1/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%"})
  void malformedPercentEncodingIs400(String path) throws IOException {
    try (RawSocket raw = RawSocket.request(fixture.gateway.port(), "GET", path, "")) {
      assertThat(raw.head()).startsWith("HTTP/1.1 400 ").contains("application/json");
    }
    assertThat(fixture.get("/fine").statusCode()).isEqualTo(200);
  }

  @Test
  void slowFunctionsDoNotHoldOthersUp() {
    CountDownLatch all = new CountDownLatch(100);
    fixture.functions.on(
        HTTP,
        event -> {
          all.countDown();
          all.await();
          return "{}";
        });

    List<CompletableFuture<HttpResponse<String>>> responses =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    fixture.client.sendAsync(
                        HttpRequest.newBuilder(fixture.uri("/" + i)).build(),
                        HttpResponse.BodyHandlers.ofString()))
            .toList();

    assertThat(responses).allMatch(response -> response.join().statusCode() == 200);
  }

  @Test
  void aBodySentInChunksHasItsLength() {
    HttpRequest.BodyPublisher chunks =
        BodyPublishers.fromPublisher(BodyPublishers.ofString("{\"a\":1}"));
    fixture.send(
        HttpRequest.newBuilder(fixture.uri("/"))
            .header("Content-Type", "application/json")
            .POST(chunks)
            .build());

    JsonNode event = fixture.functions.event(HTTP);
    assertThat(event.path("body").asText()).isEqualTo("{\"a\":1}");
    assertThat(event.at("/headers/content-length").asText()).isEqualTo("7");
    assertThat(event.path("headers").has("transfer-encoding")).isFalse();
  }

  @Test
  void aRequestForNoPathIsAnswered() throws IOException {
    try (RawSocket raw = RawSocket.request(fixture.gateway.port(), "OPTIONS", "*", "")) {
      assertThat(raw.head()).startsWith("HTTP/1.1 ");
    }
  }

  @Test
  void theLogHasOneLineARequestAndNoQueryString() {
    fixture.post("/x/y?token=secret", "secret".getBytes(StandardCharsets.UTF_8), "A", "secret");

    assertThat(fixture.log).hasSize(1);
    assertThat(fixture.log.getFirst()).matches("POST /x/y 200 \\d+ ms");
  }

  private void restart(HttpApiDefinition api) {
    fixture.close();
    fixture = new GatewayFixture(api, OPEN_API);
  }

  private static void assertError(HttpResponse<String> response, int status, String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }
}
