package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the README's tour as it is printed, but for the ports and the folder of its files: every
 * line must succeed and the people in it must get what the text says.
 */
@ExtendWith(SharedChat.class)
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String START = "./mvnw -q -Plocal\n";
  private static final long PATIENCE_SECONDS = 180;

  private final Chat chat;

  ReadmeTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void theTourWorksAsPrinted(@TempDir Path folder) throws Exception {
    assumeTrue(
        succeeds(folder, "npx --yes wscat@6 --version && aws --version"),
        "the tour's commands are not there: npx with the npm registry, or aws");

    String output = run(folder, tour(folder));

    assertThat(output)
        .contains("\"status\":\"ACCEPTED\"")
        .contains("{\"event\":\"ack\",\"id\":1,\"data\":{\"message\":{")
        .contains("\"TableNames\"");
    assertThat(Files.readString(folder.resolve("bob.log")))
        .contains("{\"event\":\"ack\",\"id\":1,\"data\":{\"conversationId\":")
        .contains("{\"event\":\"message:new\"")
        .contains("Hello Bob")
        .contains("Are you there?");
  }

  /** All blocks of shell commands but the one that starts the system. */
  private String tour(Path folder) throws IOException {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(README))
            .results()
            .map((MatchResult block) -> block.group(1))
            .filter(block -> !block.equals(START))
            .toList();
    assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
    return blocks.stream()
        .collect(Collectors.joining("\n"))
        .replace("localhost:3000", chat.api().base().getAuthority())
        .replace("localhost:4566", chat.aws().endpoint().getAuthority())
        .replace("/tmp/", folder + "/");
  }

  private static boolean succeeds(Path folder, String command) throws Exception {
    Process process = bash(folder, command);
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static String run(Path folder, String script) throws Exception {
    Process process = bash(folder, script);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** A shell that stops at the first line that fails. */
  private static Process bash(Path folder, String script) throws IOException {
    Path file = Files.writeString(folder.resolve("tour.sh"), script);
    return new ProcessBuilder("bash", "-euo", "pipefail", file.toString())
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .start();
  }
}
