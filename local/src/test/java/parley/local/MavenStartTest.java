package parley.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the README that starts the system. */
class MavenStartTest {
  @TempDir Path folder;

  @Test
  void aFailedStartEndsWithItsReasonAndStatusOneAndNothingOfMavens() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process maven = start(taken.getLocalPort());
      String printed = new String(maven.getInputStream().readAllBytes(), UTF_8);

      assertThat(maven.waitFor()).isEqualTo(1);
      // Newer JDKs warn of what Maven itself does.
      assertThat(printed.lines().filter(line -> !line.startsWith("WARNING: ")))
          .containsExactly(
              "Parley does not start: port %d is taken; PORT names another one"
                  .formatted(taken.getLocalPort()));
    }
  }

  private Process start(int port) throws IOException {
    Path project = Path.of("..").toAbsolutePath().normalize();
    ProcessBuilder builder =
        new ProcessBuilder(project.resolve("mvnw").toString(), "-q", "-Plocal", data())
            .directory(project.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("AWS_PORT", "0");
    return builder.start();
  }

  private String data() {
    return "-Dparley.data=" + folder.resolve("data");
  }
}
