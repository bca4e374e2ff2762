package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is uploaded for every function holds what the functions use, and nothing else. */
class FunctionsJarIT {
  private static final Path JAR = Path.of(System.getProperty("parley.jar"));

  /**
   * 12.4 MB, and room for features but no library. Lambda's limit is 50 MB; a start without a
   * snapshot gets slower with each of them.
   */
  private static final long MOST_BYTES = 13_000_000;

  private static final Set<String> PARTS =
      Set.of(
          "com/amazonaws/services",
          "com/fasterxml/jackson",
          "io/jsonwebtoken",
          "org/bouncycastle",
          "org/crac",
          "org/jspecify",
          "org/reactivestreams",
          "org/slf4j",
          "parley",
          "software/amazon/awssdk/annotations",
          "software/amazon/awssdk/auth",
          "software/amazon/awssdk/awscore",
          "software/amazon/awssdk/checksums",
          "software/amazon/awssdk/core",
          "software/amazon/awssdk/endpoints",
          "software/amazon/awssdk/http",
          "software/amazon/awssdk/identity",
          "software/amazon/awssdk/internal",
          "software/amazon/awssdk/metrics",
          "software/amazon/awssdk/profiles",
          "software/amazon/awssdk/protocols",
          "software/amazon/awssdk/regions",
          "software/amazon/awssdk/retries",
          "software/amazon/awssdk/services/apigatewaymanagementapi",
          "software/amazon/awssdk/services/dynamodb",
          "software/amazon/awssdk/services/lambda",
          "software/amazon/awssdk/services/rdsdata",
          "software/amazon/awssdk/services/secretsmanager",
          "software/amazon/awssdk/thirdparty",
          "software/amazon/awssdk/utils",
          "software/amazon/awssdk/utilslite",
          "software/amazon/eventstream");

  @Test
  void theJarIsSmall() throws IOException {
    long bytes = Files.size(JAR);
    System.out.printf("The functions' jar: %,d bytes%n", bytes);

    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void everyPartOfTheJarIsKnownToBeNeeded() throws IOException {
    assertThat(folders()).isEqualTo(new TreeSet<>(PARTS));
  }

  @Test
  void whatIsInTheJarIsReadWhereLambdaUnpacksIt() throws IOException {
    assertThat(entries()).noneMatch(name -> name.startsWith("META-INF/versions/"));
  }

  /** The folders with classes, by as much of their path as tells the library. */
  private static Set<String> folders() throws IOException {
    Set<String> folders = new TreeSet<>();
    for (String name : entries()) {
      if (name.endsWith(".class")) {
        folders.add(
            PARTS.stream()
                .filter(part -> name.startsWith(part + "/"))
                .findFirst()
                .orElse(name.substring(0, Math.max(0, name.lastIndexOf('/')))));
      }
    }
    return folders;
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }
}
