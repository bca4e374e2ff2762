package parley.local.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AwsCommandTest {
  @Test
  @Timeout(120)
  void theAwsCommandExecutesAStatement() throws Exception {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(directory -> new File(directory, "aws").canExecute());
    assumeTrue(installed, "the aws command is not on the PATH");

    try (DataApi api = new DataApi(Database.source())) {
      ProcessBuilder command =
          new ProcessBuilder(
                  "aws",
                  "rds-data",
                  "execute-statement",
                  "--endpoint-url",
                  api.endpoint().toString(),
                  "--resource-arn",
                  DataApi.CLUSTER,
                  "--secret-arn",
                  DataApi.SECRET,
                  "--sql",
                  "select :a + 1 as answer",
                  "--parameters",
                  "[{\"name\": \"a\", \"value\": {\"longValue\": 41}}]",
                  "--output",
                  "json")
              .redirectErrorStream(true);
      command
          .environment()
          .putAll(
              Map.of(
                  "AWS_ACCESS_KEY_ID", "key",
                  "AWS_SECRET_ACCESS_KEY", "secret",
                  "AWS_DEFAULT_REGION", "us-east-1"));
      Process process = command.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains("\"longValue\": 42").contains("\"numberOfRecordsUpdated\": 0");
      assertThat(process.exitValue()).isZero();
    }
  }
}
