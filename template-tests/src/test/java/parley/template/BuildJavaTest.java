package parley.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the build starts programs with: {@code ./mvnw}, {@code -Plocal}, {@code cdk}. */
class BuildJavaTest {
  /**
   * The README promises that another default {@code java} does no harm. All modules inherit the
   * selection of the toolchain from the root, whose validate phase starts a program with it.
   */
  @Test
  void withAFittingJdkInJavaHomeTheBuildDoesNotUseTheJavaOfThePath(@TempDir Path folder)
      throws Exception {
    oldJava(folder);
    Path root = Path.of("..").toAbsolutePath().normalize();
    ProcessBuilder builder =
        new ProcessBuilder(root.resolve("mvnw").toString(), "-q", "-B", "-o", "-N", "validate")
            .directory(root.toFile())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);

    Process maven = builder.start();
    String output = new String(maven.getInputStream().readAllBytes(), UTF_8);

    assertThat(maven.waitFor()).as(output).isZero();
  }

  private static void oldJava(Path folder) throws IOException {
    Path java =
        Files.writeString(
            folder.resolve("java"), "#!/bin/sh\necho the java of the PATH was started\nexit 1\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
