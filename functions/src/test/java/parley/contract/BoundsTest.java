package parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.delivery.ConnectionGateway;

/**
 * Nothing that the server says grows without a bound: a list has pages, and the contract bounds
 * every text and list in it, so that no data makes an answer that AWS refuses.
 */
class BoundsTest {
  private static final Contract CONTRACT = Contract.load();
  private static final Documents DOCUMENTS = new Documents("openapi.yaml", "asyncapi.yaml");

  /** What a function may answer: 6 MB (AWS, Lambda quotas), with room for the headers. */
  private static final long ANSWER_BYTES = 6 * 1024 * 1024 - 100_000;

  static Set<String> routes() {
    return CONTRACT.routes();
  }

  static Stream<String> frames() {
    return CONTRACT.messages(Contract.Direction.TO_CLIENT).stream();
  }

  @Test
  void thereAreListsToLookAt() {
    assertThat(routes()).filteredOn(route -> list(route).isPresent()).hasSizeGreaterThan(13);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aListHasPagesOrAsManyThingsAsItsRequest(String route) {
    Optional<JsonNode> list = list(route);
    if (list.isEmpty() || asksForEach(route, list.get())) {
      return;
    }
    assertThat(route).startsWith("GET ");
    JsonNode limit = parameter(route, "limit").path("schema");
    assertThat(limit.path("type").asText()).as("limit").isEqualTo("integer");
    assertThat(limit.path("minimum").asInt()).as("limit").isEqualTo(1);
    assertThat(limit.path("maximum").asInt())
        .as("limit")
        .isPositive()
        .isEqualTo(list.get().path("maxItems").asInt());
    assertThat(limit.path("default").asInt()).isBetween(1, limit.path("maximum").asInt());
    assertThat(resolved(parameter(route, "cursor").path("schema")).path("maxLength").asInt())
        .as("cursor")
        .isPositive();
    assertThat(resolved(answer(route)).at("/headers").has("Next-Cursor")).as("header").isTrue();
    JsonNode refusal = resolved(operation(route).at("/responses/400"));
    assertThat(refusal.findPath("code").findPath("enum").toString()).contains("INVALID_CURSOR");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void anAnswerFitsInWhatAFunctionMayAnswer(String route) {
    Sizes sizes = Sizes.inAnswers(DOCUMENTS);
    if (route.equals("GET /sync")) {
      assertThat(syncPage(sizes)).isBetween(1L, ANSWER_BYTES);
      return;
    }
    for (Map.Entry<String, JsonNode> response : operation(route).path("responses").properties()) {
      JsonNode content = resolved(response.getValue()).at("/content/application~1json/schema");
      if (response.getKey().startsWith("2") && !content.isMissingNode()) {
        assertThat(sizes.most("openapi.yaml", content)).isBetween(1L, ANSWER_BYTES);
      }
    }
  }

  /**
   * A page of changes has as many items as its limit, a group before each of them, and people whom
   * they name. A start is smaller, as it takes no more messages than fit (NewestMessages).
   */
  private static long syncPage(Sizes sizes) {
    JsonNode limit = parameter("GET /sync", "limit").path("schema");
    long item =
        StreamSupport.stream(schema("SyncItem").path("oneOf").spliterator(), false)
            .mapToLong(kind -> sizes.most("openapi.yaml", kind))
            .max()
            .orElseThrow();
    return limit.path("maximum").asLong()
        * (item
            + sizes.most("openapi.yaml", schema("Conversation"))
            + sizes.most("openapi.yaml", schema("Profile")));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameFitsInWhatAConnectionTakes(String frame) {
    JsonNode payload = CONTRACT.asyncApi().at("/components/messages/" + frame + "/payload");

    assertThat(Sizes.inFrames(DOCUMENTS).most("asyncapi.yaml", payload))
        .isBetween(1L, (long) ConnectionGateway.MAX_FRAME_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'string'}",
        "{'type': 'string', 'pattern': '^[a-z]+$'}",
        "{'type': ['string', 'null']}",
        "{'type': 'array', 'items': {'type': 'null'}}",
        "{'type': 'array', 'maxItems': 3, 'items': {'type': 'string'}}",
        "{'type': 'object'}",
        "{'type': 'object', 'additionalProperties': false, 'properties': {'a': {}}}",
        "{'anyOf': [{'type': 'null'}, {'type': 'string'}]}",
        "{}"
      })
  void aSchemaWithoutABoundIsFound(String schema) throws IOException {
    JsonNode unbounded = new ObjectMapper().readTree(schema.replace('\'', '"'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sizes.inFrames(DOCUMENTS).most("openapi.yaml", unbounded));
  }

  @Test
  void aSizeCountsEveryEscape() throws IOException {
    JsonNode text = new ObjectMapper().readTree("{\"type\": \"string\", \"maxLength\": 10}");

    assertThat(Sizes.inFrames(DOCUMENTS).most("openapi.yaml", text))
        .isEqualTo(new ObjectMapper().writeValueAsBytes("\u0001".repeat(10)).length);
    assertThat(Sizes.inAnswers(DOCUMENTS).most("openapi.yaml", text))
        .isEqualTo(
            new ObjectMapper()
                    .writeValueAsString(new ObjectMapper().writeValueAsString("\u0001".repeat(10)))
                    .length()
                - 2);
  }

  /** The array that a route answers with, if it does. */
  private static Optional<JsonNode> list(String route) {
    JsonNode schema = resolved(resolved(answer(route)).at("/content/application~1json/schema"));
    return Optional.of(schema).filter(found -> found.path("type").asText().equals("array"));
  }

  /** Whether the request names each of the things that it is answered with. */
  private static boolean asksForEach(String route, JsonNode list) {
    JsonNode body = resolved(operation(route).at("/requestBody/content/application~1json/schema"));
    return Stream.concat(
            StreamSupport.stream(body.path("properties").spliterator(), false),
            parameters(route).map(parameter -> parameter.path("schema")))
        .map(BoundsTest::resolved)
        .anyMatch(
            asked ->
                asked.path("type").asText().equals("array")
                    && asked.path("maxItems").asInt() > 0
                    && asked.path("maxItems").asInt() == list.path("maxItems").asInt());
  }

  /** The response of a route that did what it was asked for. */
  private static JsonNode answer(String route) {
    return StreamSupport.stream(
            operation(route).path("responses").properties().spliterator(), false)
        .filter(response -> response.getKey().startsWith("2"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode operation(String route) {
    String[] parts = route.split(" ", 2);
    return CONTRACT.openApi().path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }

  private static JsonNode parameter(String route, String name) {
    return parameters(route)
        .filter(parameter -> parameter.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(route + " has no " + name));
  }

  private static Stream<JsonNode> parameters(String route) {
    return StreamSupport.stream(operation(route).path("parameters").spliterator(), false)
        .map(BoundsTest::resolved);
  }

  private static JsonNode schema(String name) {
    return CONTRACT.openApi().at("/components/schemas/" + name);
  }

  private static JsonNode resolved(JsonNode node) {
    return DOCUMENTS.resolve("openapi.yaml", node).schema();
  }
}
