package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The {@code aws} command against the running system, with made-up credentials. */
@ExtendWith(SharedChat.class)
class AwsCommandTest {
  private static final long PATIENCE_SECONDS = 60;

  private final Chat chat;

  AwsCommandTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeAll
  static void theCommandIsInstalled() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    assumeTrue(
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "aws"))),
        "the aws command is not on the PATH");
  }

  @Test
  void scanShowsTheLiveConnections() {
    Person ann = Person.register(chat, "Ann");
    try (Phone phone = ann.phone()) {
      JsonNode scanned = Json.read(aws("dynamodb", "scan", "--table-name", chat.aws().table()));

      assertThat(Json.items(scanned.path("Items")))
          .filteredOn(item -> item.at("/pk/S").asText().equals("user#" + ann.id()))
          .filteredOn(item -> item.at("/sk/S").asText().equals("connections"))
          .hasSize(1);
      assertThat(phone.isOpen()).isTrue();
    }
  }

  @Test
  void executeStatementReadsWhatIsStored() {
    Friends friends = Friends.meet(chat);
    friends.ann().send(friends.conversation(), "read by SQL").require(201);
    Map<String, String> database = chat.function("HttpFunction").environment();

    JsonNode result =
        Json.read(
            aws(
                "rds-data",
                "execute-statement",
                "--resource-arn",
                Objects.requireNonNull(database.get("DATABASE_ARN")),
                "--secret-arn",
                Objects.requireNonNull(database.get("DATABASE_SECRET_ARN")),
                "--database",
                Objects.requireNonNull(database.get("DATABASE_NAME")),
                "--sql",
                "select content from messages where conversation_id = :id",
                "--parameters",
                "[{\"name\":\"id\",\"typeHint\":\"UUID\",\"value\":{\"stringValue\":\"%s\"}}]"
                    .formatted(friends.conversation())));

    assertThat(result.at("/records/0/0/stringValue").asText()).isEqualTo("read by SQL");
  }

  @Test
  void postToConnectionReachesThePhone() throws IOException {
    Person ann = Person.register(chat, "Ann");
    try (Phone phone = ann.phone()) {
      String connection = chat.aws().connectionsOf(ann).iterator().next();
      String event =
          "{\"event\":\"friend:request_rejected\",\"data\":{\"requestId\":\"%s\"}}"
              .formatted(ann.id());

      Path data = Files.writeString(Files.createTempFile("event", ".json"), event);

      // A file is sent as it is by both versions of the command; they read a text differently.
      aws(
          "apigatewaymanagementapi",
          "post-to-connection",
          "--connection-id",
          connection,
          "--data",
          "fileb://" + data);

      assertThat(phone.awaitEvent("friend:request_rejected").json()).isEqualTo(Json.read(event));
      Files.delete(data);
    }
  }

  private String aws(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("aws", "--endpoint-url", chat.aws().endpoint().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_ACCESS_KEY_ID", "made",
                "AWS_SECRET_ACCESS_KEY", "up",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_PAGER", ""));
    try {
      Path errors = Files.createTempFile("aws", "errors");
      builder.redirectError(errors.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue())
          .as("%s said %s%s", command, output, Files.readString(errors))
          .isZero();
      Files.delete(errors);
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
