package parley.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.infra.ParleyApp;

/** What the context changes, and what it refuses. */
class StageContextTest {
  @Test
  void byDefaultNothingThatHoldsDataCanBeDeletedByMistake() {
    Synthesis synthesis = Synthesis.standard();
    JsonNode cluster = synthesis.resource("AWS::RDS::DBCluster");
    JsonNode table = synthesis.resource("AWS::DynamoDB::GlobalTable");

    assertThat(cluster.path("Properties").path("DeletionProtection").asBoolean()).isTrue();
    assertThat(cluster.path("DeletionPolicy").asText()).isEqualTo("Snapshot");
    assertThat(cluster.path("Properties").path("BackupRetentionPeriod").asInt()).isEqualTo(7);
    assertThat(replica(table).path("DeletionProtectionEnabled").asBoolean()).isTrue();
    assertThat(table.path("DeletionPolicy").asText()).isEqualTo("Retain");
    assertThat(policies(synthesis, "AWS::SecretsManager::Secret")).containsOnly("Retain");
    assertThat(policies(synthesis, "AWS::Logs::LogGroup")).containsOnly("Retain");
    assertThat(retentions(synthesis)).containsOnly(30);
  }

  @Test
  void aThrowawayStageLeavesNothingBehind() {
    Synthesis synthesis = Synthesis.with(Map.of("throwaway", "true", "stage", "try"));
    JsonNode cluster = synthesis.resource("AWS::RDS::DBCluster");

    assertThat(cluster.path("Properties").path("DeletionProtection").asBoolean()).isFalse();
    assertThat(cluster.path("Properties").path("BackupRetentionPeriod").asInt()).isEqualTo(1);
    JsonNode table = synthesis.resource("AWS::DynamoDB::GlobalTable");
    assertThat(replica(table).path("DeletionProtectionEnabled").asBoolean()).isFalse();
    assertThat(retentions(synthesis)).containsOnly(7);
    for (Map.Entry<String, JsonNode> resource : synthesis.resources()) {
      assertThat(resource.getValue().path("DeletionPolicy").asText("Delete"))
          .as(resource.getKey())
          .isEqualTo("Delete");
    }
    assertThat(synthesis.templates().get("ParleyApi.template.json"))
        .contains("parley-try-data:ExportsOutput")
        .doesNotContain("parley-dev");
  }

  @Test
  void theDatabasePausesOnlyWhereNothingIsItsLeastCapacity() {
    JsonNode standard = scaling(Synthesis.standard());
    assertThat(standard.path("MinCapacity").asDouble()).isZero();
    assertThat(standard.path("MaxCapacity").asDouble()).isEqualTo(4);
    assertThat(standard.path("SecondsUntilAutoPause").asInt()).isEqualTo(600);

    JsonNode busy =
        scaling(
            Synthesis.with(
                Map.of(
                    "databaseMinCapacity",
                    "0.5",
                    "databaseMaxCapacity",
                    16,
                    "corsOrigins",
                    "https://chat.example.com, http://localhost:5173")));
    assertThat(busy.path("MinCapacity").asDouble()).isEqualTo(0.5);
    assertThat(busy.path("MaxCapacity").asDouble()).isEqualTo(16);
    assertThat(busy.has("SecondsUntilAutoPause")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stage               | Prod
          stage               | a-stage-whose-name-is-too-long
          stage               | ends-with-
          throwaway           | yes
          databaseMinCapacity | -1
          databaseMinCapacity | 0.3
          databaseMinCapacity | many
          databaseMinCapacity | NaN
          databaseMinCapacity | 8
          databaseMaxCapacity | 0
          databaseMaxCapacity | 300
          corsOrigins         | chat.example.com
          corsOrigins         | https://chat.example.com/
          """)
  void aBadValueIsRefusedByTheNameOfItsKey(String key, String value) {
    assertThatThrownBy(() -> Synthesis.with(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the context value " + key + "=" + value)
        .hasMessageContaining("it must be");
  }

  @Test
  void withoutTheFunctionsJarTheAppTellsHowToBuildIt(@TempDir Path empty) {
    String missing = empty.resolve("functions.jar").toString();
    assertThatThrownBy(() -> ParleyApp.main(new String[] {missing}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(missing)
        .hasMessageContaining("./mvnw package -pl functions -am");
  }

  private static JsonNode replica(JsonNode table) {
    return table.path("Properties").path("Replicas").path(0);
  }

  private static JsonNode scaling(Synthesis synthesis) {
    return synthesis
        .resource("AWS::RDS::DBCluster")
        .path("Properties")
        .path("ServerlessV2ScalingConfiguration");
  }

  private static List<String> policies(Synthesis synthesis, String type) {
    return synthesis.resources(type).stream()
        .map(resource -> resource.path("DeletionPolicy").asText())
        .toList();
  }

  private static List<Integer> retentions(Synthesis synthesis) {
    return synthesis.resources("AWS::Logs::LogGroup").stream()
        .map(resource -> resource.path("Properties").path("RetentionInDays").asInt())
        .toList();
  }
}
