package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.acceptance.Phone.TokenIn;
import parley.platform.log.Measure;

/** What the functions log of what people do: enough to find a fault, and nothing that is theirs. */
@ExtendWith(SharedChat.class)
class LogContentTest {
  private static final Path SCHEMA =
      Path.of("src", "test", "resources", "embedded-metric-format.schema.json");
  private static final Set<String> KNOWN =
      Set.of(
          "timestamp",
          "level",
          "function",
          "requestId",
          "connectionId",
          "userId",
          "action",
          "outcome",
          "durationMillis",
          "call",
          "status",
          "requestBytes",
          "fault",
          "_aws",
          "Stage");

  /** What a person writes, in every place where one can write. */
  private static final String MARKER = "xq7secret";

  private final Chat chat;

  LogContentTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aSendIsOneLineWithItsMetrics() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      int before = chat.log().size();
      anns.say(friends.conversation(), "hello").acked();
      bens.awaitMessage("hello");

      JsonNode line = awaitLine(before, "SocketFunction", "send_message");
      assertThat(line.path("userId").asText()).isEqualTo(friends.ann().id());
      assertThat(line.path("connectionId").asText()).isNotEmpty();
      assertThat(line.path("requestId").asText()).isNotEmpty();
      assertThat(line.path("outcome").asText()).isEqualTo("OK");
      assertThat(line.path("Stage").asText()).isEqualTo("dev");
      assertThat(line.path("Sends").asLong()).isEqualTo(1);
      assertThat(line.path("Deliveries").asLong()).as("two phones and the ack").isEqualTo(3);
      assertThat(line.path("DeliveryLatency")).hasSize(1);
    }
  }

  @Test
  void aRefusalIsTheOutcomeOfItsLine() {
    Friends friends = Friends.meet(chat);
    Person stranger = Person.register(chat, "Eve");
    int before = chat.log().size();

    stranger.send(friends.conversation(), "hello").mustRefuse(404, "CONVERSATION_NOT_FOUND");

    JsonNode line = awaitLine(before, "HttpFunction", "POST /messages");
    assertThat(line.path("outcome").asText()).isEqualTo("CONVERSATION_NOT_FOUND");
    assertThat(line.path("userId").asText()).isEqualTo(stranger.id());
    assertThat(line.has("Faults")).isFalse();
  }

  @Test
  void nothingThatPeopleWriteAndNoTokenGetsIntoTheLog() {
    int before = chat.log().size();
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    String conversation = friends.conversation();
    try (Phone phone = ann.phone(TokenIn.SUBPROTOCOL)) {
      phone.say(conversation, MARKER).acked();
      phone.request("send_message", Map.of("conversationId", MARKER, "content", MARKER));
      phone.request(MARKER, Map.of(MARKER, MARKER));
      phone.request("join_conversation", MARKER);
      phone.send("{\"event\":\"" + MARKER);
      phone.send(MARKER);
      chat.withoutDatabase(() -> phone.say(conversation, MARKER));
    }
    ann.send(conversation, MARKER).require(201);
    ann.api().call("POST", "/messages", MARKER);
    ann.api().post("/messages", Map.of(MARKER, MARKER));
    ann.api().patch("/users/me", Map.of("name", MARKER, "aboutMe", MARKER)).require(200);
    ann.api().get("/users/search?q=" + MARKER);
    ann.api().get("/users/search?q=" + friends.ben().email());
    ann.api().as(MARKER).get("/users/me");
    ann.api().post("/friends/request/" + MARKER);
    chat.api().get("/messages?conversationId=" + MARKER);
    chat.api().post("/auth/login", Map.of("email", ann.email(), "password", MARKER));
    chat.api().post("/auth/refresh", Map.of("refreshToken", MARKER));
    chat.api().post("/auth/refresh", Map.of("refreshToken", ann.refreshToken())).require(201);
    chat.withoutDatabase(
        () -> {
          ann.send(conversation, MARKER);
          chat.api().post("/auth/login", Map.of("email", ann.email(), "password", MARKER));
        });
    Phone.handshake(chat.socketUrl(), Map.of("Authorization", "Bearer " + MARKER), List.of());
    // The last line to come is that of the last request.
    int last = chat.log().size();
    chat.api().get("/health").require(200);
    awaitLine(last, "HttpFunction", "GET /health");

    List<String> lines = functionLines(before).map(JsonNode::toString).toList();
    assertThat(lines).hasSizeGreaterThan(20).anyMatch(line -> line.contains("\"fault\""));
    for (String secret :
        List.of(
            MARKER,
            Person.PASSWORD,
            "@example.org",
            ann.accessToken(),
            ann.refreshToken(),
            friends.ben().accessToken(),
            "eyJ")) {
      assertThat(lines).noneMatch(line -> line.contains(secret));
    }
  }

  /** Every line of all tests that came before, and of one story. */
  @Test
  void everyLineIsOfKnownFieldsAndItsMetricsAreInTheEmbeddedMetricFormat() throws IOException {
    Friends friends = Friends.meet(chat);
    int before = chat.log().size();
    friends.ann().send(friends.conversation(), "hello").require(201);
    awaitLine(before, "HttpFunction", "POST /messages");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Json.read(Files.readString(SCHEMA)));

    for (JsonNode line : functionLines(0).toList()) {
      for (Map.Entry<String, JsonNode> field : line.properties()) {
        assertThat(KNOWN.contains(field.getKey()) || isMeasure(field.getKey()))
            .as(line.toString())
            .isTrue();
      }
      if (line.has("_aws")) {
        assertThat(schema.validate(line)).as(line.toString()).isEmpty();
        checkTargets(line);
      }
    }
    assertThat(functionLines(0)).anyMatch(line -> line.has("_aws"));
    assertThat(schema.validate(Json.read("{\"_aws\":{\"CloudWatchMetrics\":[]}}")))
        .as("the schema refuses what is none")
        .isNotEmpty();
  }

  /** What a schema cannot say: the root has what the metadata points at, numbers and strings. */
  private static void checkTargets(JsonNode line) {
    for (JsonNode directive : line.path("_aws").path("CloudWatchMetrics")) {
      for (JsonNode name : directive.path("Dimensions").path(0)) {
        assertThat(line.path(name.asText()).isTextual()).as(line.toString()).isTrue();
      }
      for (JsonNode metric : directive.path("Metrics")) {
        JsonNode value = line.path(metric.path("Name").asText());
        assertThat(value.isNumber() || value.isArray()).as(line.toString()).isTrue();
        value.forEach(each -> assertThat(each.isNumber()).as(line.toString()).isTrue());
        assertThat(value.size()).isLessThanOrEqualTo(100);
      }
    }
  }

  private static boolean isMeasure(String field) {
    return Stream.of(Measure.values()).anyMatch(measure -> measure.title().equals(field));
  }

  private JsonNode awaitLine(int from, String function, String action) {
    Eventually.await(
        function + " logs " + action, () -> find(from, function, action).findFirst().isPresent());
    return find(from, function, action).findFirst().orElseThrow();
  }

  private Stream<JsonNode> find(int from, String function, String action) {
    return functionLines(from)
        .filter(line -> line.path("function").asText().equals(function))
        .filter(line -> line.path("action").asText().equals(action));
  }

  /** The functions' lines; the gateway's own are for the console of one machine only. */
  private Stream<JsonNode> functionLines(int from) {
    List<String> all = chat.log();
    return all.subList(from, all.size()).stream()
        .filter(line -> line.startsWith("{"))
        .map(Json::read);
  }
}
