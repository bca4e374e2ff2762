package parley.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import parley.local.aws.CallLedger;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.Invocation;

/**
 * The functions as they are deployed: each from the packaged jar, in a process of its own under
 * AWS's runtime client, with the template's environment and its own role. Behind them are the real
 * database, table and gateway of this machine.
 */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's runtime client for Java has native code, for Linux only")
class PackagedFunctionsIT {
  private static final Path JAR = Path.of(System.getProperty("parley.jar"));
  private static final Path SAMPLES = Path.of("..", "events", "samples");

  /** The samples' connection. */
  private static final String MADE_UP = "VNRUSeldSwMCIRQ=";

  private static Chat chat;
  private static Friends friends;
  private static Phone phone;
  private static String connection;

  @BeforeAll
  static void boot() {
    chat = Chat.start(options -> options.withJar(JAR).withLog(PackagedFunctionsIT::showFaults));
    friends = Friends.meet(chat);
    phone = friends.ben().phone();
    connection = chat.aws().connectionsOf(friends.ben()).iterator().next();
  }

  /** What a function says of a failure stands in no answer. */
  private static void showFaults(String line) {
    if (line.contains("\"fault\":")) {
      System.out.println(line);
    }
  }

  @AfterAll
  static void close() {
    if (phone != null) {
      phone.close();
    }
    if (chat != null) {
      chat.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFunctionHandlesItsSamples() {
    return chat.functions().stream()
        .flatMap(
            function ->
                samples(function).stream()
                    .map(
                        sample ->
                            DynamicTest.dynamicTest(
                                sample, () -> effect(sample).accept(play(function, sample)))));
  }

  @Test
  void peopleMeetAndChat() {
    Friends others = Friends.meet(chat);
    try (Phone anns = others.ann().phone();
        Phone bens = others.ben().phone(Phone.TokenIn.SUBPROTOCOL)) {
      JsonNode sent = anns.say(others.conversation(), "from a process").acked();
      assertThat(bens.awaitMessage("from a process").data()).isEqualTo(sent);
      others.ben().send(others.conversation(), "to a process").require(201);
      anns.awaitMessage("to a process");
    }
    assertThat(others.ann().contents(others.conversation()))
        .containsExactly("to a process", "from a process");
  }

  @Test
  void aFailureOfAFunctionIsToldAsOnLambda() {
    Invocation refused =
        chat.invoke(chat.function("AuthorizerFunction"), text("authorizer/connect.json"));

    assertThat(refused.failed()).isTrue();
    assertThat(Json.read(new String(refused.payload(), UTF_8)).path("errorMessage").asText())
        .isEqualTo("Unauthorized");
  }

  /** What must come of a sample, once it speaks of those who are connected here. */
  private static Consumer<JsonNode> effect(String sample) {
    long before = chat.ledger().mark();
    return switch (sample) {
      case "authorizer/connect.json" ->
          answer -> {
            assertThat(answer.path("principalId").asText()).isEqualTo(friends.ben().id());
            assertThat(answer.at("/policyDocument/Statement/0/Effect").asText()).isEqualTo("Allow");
          };
      case "http/get.json" ->
          answer -> {
            assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
            assertThat(Json.read(answer.path("body").asText()).isArray()).isTrue();
          };
      case "http/post.json" ->
          answer -> {
            assertThat(answer.path("statusCode").asInt()).isEqualTo(201);
            assertThat(answer.path("body").asText()).contains("accessToken");
          };
      case "socket/connect.json" ->
          answer -> {
            accepted(answer);
            assertThat(chat.aws().connectionsOf(friends.ben())).contains(MADE_UP);
          };
      case "socket/message.json" ->
          answer -> {
            accepted(answer);
            assertThat(phone.await("the ack", frame -> frame.answers(7)).acked())
                .isEqualTo(phone.awaitMessage("hello").data());
            assertThat(friends.ann().contents(friends.conversation())).contains("hello");
          };
      case "socket/disconnect.json" ->
          answer -> {
            accepted(answer);
            assertThat(chat.aws().connectionsOf(friends.ben())).containsExactly(connection);
          };
      case "delivery/frame.json" -> answer -> phone.awaitMessage("hello again");
      case "migration/deployment.json" ->
          answer -> assertThat(answer.path("migrated").isArray()).isTrue();
      case "keepalive/tick.json", "sweep/tick.json" ->
          answer ->
              assertThat(chat.ledger().since(before))
                  .as("its look at what there is to do")
                  .isNotEmpty()
                  .allMatch(CallLedger.Call::allowed);
      default -> throw new AssertionError("what must come of " + sample + " is not said here");
    };
  }

  private static void accepted(JsonNode answer) {
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
  }

  private static JsonNode play(FunctionDefinition function, String sample) {
    String event = alive(text(sample));
    // The gateway knows the connection only that is open; the others are the samples' own.
    boolean open = !sample.endsWith("connect.json");
    Invocation invocation =
        chat.invoke(function, open ? event.replace(MADE_UP, connection) : event);
    String answer = new String(invocation.payload(), UTF_8);
    assertThat(invocation.failed()).as(answer).isFalse();
    return Json.read(answer.isEmpty() ? "null" : answer);
  }

  /** A sample whose made-up people and tokens are those of this system. */
  private static String alive(String sample) {
    Map<String, String> living =
        Map.of(
            "made-up.access.token", friends.ben().accessToken(),
            "01939f6e-1c2d-7a3b-8c4d-5e6f708192a3", friends.ben().id(),
            "01939f70-2b3c-7d4e-9f50-617283940a1b", friends.conversation(),
            // Of what the authorizer says of a connection, the samples have the shape alone.
            "\"tokenExpiresAt\": \"1795367045\"",
                "\"protocol\": \"PLAIN\", \"userId\": \"%s\", \"expiresAt\": \"2095367045\""
                    .formatted(friends.ben().id()),
            // A user's item outlives its youngest connection by hours only.
            "1795359845678", String.valueOf(Instant.now().toEpochMilli()),
            "ada@example.com", friends.ben().email(),
            "made-up password", Person.PASSWORD);
    String alive = sample;
    for (Map.Entry<String, String> value : living.entrySet()) {
      alive = alive.replace(value.getKey(), value.getValue());
    }
    return alive;
  }

  /** The files in the folder that has the function's name. */
  private static List<String> samples(FunctionDefinition function) {
    String name = function.handler().replaceFirst(".*\\.(\\w+)Function$", "$1");
    Path folder = SAMPLES.resolve(name.toLowerCase(Locale.ROOT));
    assertThat(folder).as("samples of the events of " + function.handler()).isNotEmptyDirectory();
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> SAMPLES.relativize(file).toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String sample) {
    try {
      return Files.readString(SAMPLES.resolve(sample));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
