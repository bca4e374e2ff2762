package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's Socket.IO clients as they are printed, but for the port. */
@ExtendWith(SharedChat.class)
class ReadmeClientsTest {
  private static final Path README = Path.of("..", "README.md");
  private static final List<String> LIBRARIES =
      List.of("socket.io-client", "engine.io-client", "okhttp", "okio", "json-", "kotlin-stdlib");

  private final Chat chat;
  private final Friends friends;

  ReadmeClientsTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
  }

  @Test
  void theJavaScriptClientSendsAndIsTold(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(NodeDevice.clients().resolve("readme.js"), block("js"));

    assertThat(run(folder, List.of("node", script.toString())))
        .contains("told Hello from JavaScript")
        .contains("stored 1");
    assertThat(friends.ben().contents(friends.conversation()))
        .containsExactly("Hello from JavaScript");
  }

  @Test
  void theJavaClientSendsAndIsTold(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("Hello.java"), block("java"));
    String libraries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(jar -> LIBRARIES.stream().anyMatch(new File(jar).getName()::contains))
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    assertThat(run(folder, List.of(java, "-cp", libraries, source.toString())))
        .contains("told {")
        .contains("stored {")
        .contains("Hello from Java");
    assertThat(friends.ben().contents(friends.conversation())).containsExactly("Hello from Java");
  }

  private String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    assertThat(block.find()).isTrue();
    return block.group(1).replace("http://localhost:3000", chat.httpUrl().toString());
  }

  /** Runs a client, which never ends by itself, until it was told both things. */
  private String run(Path folder, List<String> command) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("TOKEN", friends.ann().accessToken());
    builder.environment().put("CHAT", friends.conversation());
    Process process = builder.start();
    try {
      Eventually.await(
          "the client tells both",
          () ->
              !process.isAlive()
                  || (read(output).contains("told ") && read(output).contains("stored ")));
      return read(output);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
