package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What passes here passes on AWS only if the database is the same one. */
@ExtendWith(SharedChat.class)
class DatabaseVersionTest {
  private static final Path TEMPLATE =
      Path.of("..", "infra-cdk", "approved", "ParleyData.template.json");

  private final Chat chat;

  DatabaseVersionTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void thePostgresOfOneMachineIsOfTheMajorVersionThatTheTemplateDeploys() throws IOException {
    String deployed =
        Json.read(Files.readString(TEMPLATE))
            .path("Resources")
            .valueStream()
            .filter(resource -> resource.path("Type").asText().equals("AWS::RDS::DBCluster"))
            .map(cluster -> cluster.path("Properties").path("EngineVersion").asText())
            .findFirst()
            .orElseThrow();
    try (Database database = chat.openDatabase()) {
      String here = database.run("select current_setting('server_version')").getFirst();

      assertThat(major(here)).isEqualTo(major(deployed));
    }
  }

  private static String major(String version) {
    return version.split("\\.", 2)[0];
  }
}
