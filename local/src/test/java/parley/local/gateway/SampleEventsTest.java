package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.AUTHORIZER;
import static parley.local.gateway.GatewayFixture.CONNECT;
import static parley.local.gateway.GatewayFixture.DEFAULT;
import static parley.local.gateway.GatewayFixture.DISCONNECT;
import static parley.local.gateway.GatewayFixture.HTTP;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.gateway.WebSocketApiDefinition.Authorizer;
import parley.local.gateway.WebSocketApiDefinition.Route;

/**
 * Holds the gateway's events to the samples in events/samples, which have the shape of AWS's: the
 * same requests are made here, and the events must have the same fields, types and values, but for
 * what differs from one request to the next.
 */
class SampleEventsTest {
  /** Fields whose values differ from request to request, or from one host to another. */
  private static final Set<String> VARYING =
      Set.of(
          "connectedat",
          "connectionid",
          "extendedrequestid",
          "host",
          "integrationlatency",
          "messageid",
          "requestid",
          "requesttime",
          "requesttimeepoch",
          "sourceip",
          "time",
          "timeepoch",
          "x-amzn-trace-id",
          "x-forwarded-for",
          "x-forwarded-port",
          "x-forwarded-proto");

  private static final Set<String> WRITTEN_BY_CLIENTS =
      Set.of(
          "accept",
          "authorization",
          "content-type",
          "sec-websocket-extensions",
          "sec-websocket-key",
          "sec-websocket-version",
          "user-agent");

  private final JsonNode connect = sample("socket/connect.json");
  private final JsonNode httpSample = sample("http/get.json");
  private final GatewayFixture fixture =
      new GatewayFixture(
          new HttpApiDefinition(
              httpSample.at("/requestContext/apiId").asText(),
              "$default",
              Map.of("$default", HTTP)),
          new WebSocketApiDefinition(
              connect.at("/requestContext/apiId").asText(),
              connect.at("/requestContext/stage").asText(),
              "$request.body.event",
              Map.of(
                  "$connect", Route.authorized(CONNECT, new Authorizer(AUTHORIZER)),
                  "$disconnect", Route.open(DISCONNECT),
                  "$default", Route.open(DEFAULT))));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theEventsOfAConnectionAreThoseOfTheSamples() throws IOException {
    JsonNode message = sample("socket/message.json");
    ObjectNode context = connect.at("/requestContext/authorizer").deepCopy();
    String principal = context.remove("principalId").asText();
    context.remove("integrationLatency");
    fixture.functions.on(
        AUTHORIZER,
        event -> GatewayFixture.policy("Allow", "*", context.toString()).replace("ada", principal));

    try (RawSocket raw =
        RawSocket.request(
            fixture.gateway.port(), "GET", "/ws?device=pixel", upgradeHeaders(connect))) {
      assertThat(raw.head()).startsWith("HTTP/1.1 101 ");
      byte[] body = message.path("body").asText().getBytes(StandardCharsets.UTF_8);
      raw.send(RawSocket.TEXT, true, body);
      assertSame(sample("authorizer/connect.json"), fixture.functions.event(AUTHORIZER));
      assertSame(connect, fixture.functions.event(CONNECT));
      assertSame(message, fixture.functions.event(DEFAULT));
      raw.send(RawSocket.CLOSE, true, new byte[0]);
      assertSame(sample("socket/disconnect.json"), fixture.functions.event(DISCONNECT));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/get.json", "http/post.json"})
  void theEventsOfHttpRequestsAreThoseOfTheSamples(String file) {
    JsonNode sample = sample(file);
    String query = sample.path("rawQueryString").asText();
    String body = sample.path("body").asText();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                fixture.uri(sample.path("rawPath").asText() + (query.isEmpty() ? "" : "?" + query)))
            .version(HttpClient.Version.HTTP_1_1)
            .method(
                sample.at("/requestContext/http/method").asText(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    clientHeaders(sample).forEach(request::header);
    for (JsonNode cookie : sample.path("cookies")) {
      request.header("Cookie", cookie.asText());
    }

    fixture.send(request.build());

    assertSame(sample, fixture.functions.event(HTTP));
  }

  private static void assertSame(JsonNode sample, JsonNode actual) {
    assertSame("", sample, actual);
  }

  private static void assertSame(String path, JsonNode sample, JsonNode actual) {
    assertThat(actual.getNodeType()).as(path).isEqualTo(sample.getNodeType());
    if (sample.isObject()) {
      assertThat(names(actual)).as(path).isEqualTo(names(sample));
      sample
          .properties()
          .forEach(
              field ->
                  assertSame(
                      path + "/" + field.getKey(), field.getValue(), actual.get(field.getKey())));
    } else if (sample.isArray()) {
      assertThat(actual.size()).as(path).isEqualTo(sample.size());
      for (int i = 0; i < sample.size(); i++) {
        assertSame(path, sample.get(i), actual.get(i));
      }
    } else if (!VARYING.contains(
        path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))) {
      assertThat(actual).as(path).isEqualTo(sample);
    } else if (sample.isTextual()) {
      assertThat(shape(actual.asText())).as(path).isEqualTo(shape(sample.asText()));
    }
  }

  /** What the varying texts have in common: ids and times look alike, hosts and ports need not. */
  private static String shape(String text) {
    if (Ids.isConnectionId(text)) {
      return "id";
    }
    if (text.matches("\\d\\d/[A-Z][a-z][a-z]/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000")) {
      return "time";
    }
    return text.matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}") ? "trace" : "other";
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.properties().forEach(field -> names.add(field.getKey()));
    return names;
  }

  private static String upgradeHeaders(JsonNode sample) {
    StringBuilder headers = new StringBuilder("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    clientHeaders(sample)
        .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
    return headers.toString();
  }

  private static Map<String, String> clientHeaders(JsonNode sample) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : sample.path("headers").properties()) {
      if (WRITTEN_BY_CLIENTS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.put(header.getKey(), header.getValue().asText());
      }
    }
    return headers;
  }

  private static JsonNode sample(String file) {
    try {
      return Json.MAPPER.readTree(Files.readString(Path.of("../events/samples", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
