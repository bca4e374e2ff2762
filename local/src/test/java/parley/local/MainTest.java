package parley.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  @Test
  void itLeavesNoProcessWhenItIsTerminatedOrItsParentKilledAndStopsWhatAKilledOneLeft()
      throws Exception {
    Process terminated = start(command());
    ProcessHandle postgres = untilItRuns(terminated);
    terminated.destroy();
    assertThat(terminated.waitFor(20, TimeUnit.SECONDS)).isTrue();
    postgres.onExit().get(5, TimeUnit.SECONDS);

    // Killed outright, it cannot stop its Postgres; the next start does.
    Process killed = start(command());
    ProcessHandle left = untilItRuns(killed);
    killed.destroyForcibly().waitFor();
    assertThat(left.isAlive()).isTrue();

    // A shell stands for Maven: it starts the runtime and is then killed outright.
    List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" & wait", "sh"));
    shell.addAll(command());
    Process parent = start(shell);
    ProcessHandle secondPostgres = untilItRuns(parent);
    assertThat(left.isAlive()).isFalse();
    ProcessHandle runtime = parent.children().findFirst().orElseThrow();
    parent.destroyForcibly();
    runtime.onExit().get(20, TimeUnit.SECONDS);
    secondPostgres.onExit().get(5, TimeUnit.SECONDS);
  }

  @Test
  void aBadPortIsOneClearLine() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.environment().put("PORT", "many");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output).isEqualTo("Parley does not start: PORT is no port: many\n");
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1",
        "-Dparley.data=" + folder.resolve("data"),
        "-Dparley.follow=true",
        "-cp",
        System.getProperty("java.class.path"),
        "parley.local.Main");
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PORT", "0");
    builder.environment().put("AWS_PORT", "0");
    return builder.start();
  }

  /** Reads what it prints until it is ready, and returns its Postgres process. */
  private ProcessHandle untilItRuns(Process process) throws IOException {
    StringBuilder printed = new StringBuilder();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      printed.append(line).append('\n');
      if (line.contains("AWS services")) {
        Path file = folder.resolve("data/postgres/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        assertThat(printed.toString())
            .matches(
                "(?s)\\S+ MigrationFunction OK \\d+ ms  requestId=\\S+\n"
                    + "Parley runs on this machine.*");
        return ProcessHandle.of(pid).orElseThrow();
      }
    }
    throw new AssertionError("it ended: " + printed);
  }
}
