package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The database of the template is one that AWS offers and that runs what the migrations ask. */
class DatabaseEngineTest {
  private static final Path MIGRATIONS = Path.of("..", "shared", "src", "main", "resources", "db");

  /**
   * Aurora's versions of Postgres 17 ("Aurora PostgreSQL updates" in its release notes), with the
   * days on which the PostgreSQL project released them. All have the Data API, and pause at 0
   * capacity units, as every version since 16.3 does ("Aurora Serverless v2 capacity").
   */
  private static final Map<String, LocalDate> RELEASED =
      Map.of(
          "17.4", LocalDate.of(2025, 2, 20),
          "17.5", LocalDate.of(2025, 5, 8),
          "17.6", LocalDate.of(2025, 8, 14),
          "17.7", LocalDate.of(2025, 11, 13),
          "17.9", LocalDate.of(2026, 2, 26));

  /**
   * Aurora has a minor version some weeks after the project, keeps it for at least a year from
   * then, and takes no new cluster of it after that ("Amazon Aurora version support").
   */
  private static final Period KEPT = Period.ofYears(1);

  /** Of the extensions that Aurora has for Postgres 17, those that anybody's schema may create. */
  private static final Set<String> EXTENSIONS =
      Set.of("btree_gin", "btree_gist", "citext", "ltree", "pg_trgm", "pgcrypto", "unaccent");

  private static final Pattern EXTENSION =
      Pattern.compile("create extension (?:if not exists )?(\\w+)");

  /** This fails when its time has come, whatever else was changed. */
  @Test
  void theVersionIsNotOld() {
    String version = cluster().path("EngineVersion").asText();

    assertThat(RELEASED.get(version))
        .as(
            "Aurora PostgreSQL %s may soon be withdrawn. Look at `aws rds"
                + " describe-db-engine-versions --engine aurora-postgresql`, put a newer minor"
                + " version into StageContext.DATABASE_VERSION and into this test's list, and"
                + " approve the templates",
            version)
        .isNotNull()
        .isAfter(LocalDate.now(ZoneOffset.UTC).minus(KEPT));
  }

  @Test
  void theVersionHasTheDataApiAndPauses() {
    JsonNode cluster = cluster();

    assertThat(cluster.path("Engine").asText()).isEqualTo("aurora-postgresql");
    assertThat(cluster.path("DBClusterParameterGroupName").asText())
        .isEqualTo("default.aurora-postgresql17");
    assertThat(cluster.path("EnableHttpEndpoint").asBoolean()).isTrue();
    assertThat(cluster.at("/ServerlessV2ScalingConfiguration/MinCapacity").asDouble(-1)).isZero();
    JsonNode instance = Synthesis.standard().resource("AWS::RDS::DBInstance").path("Properties");
    assertThat(instance.path("DBInstanceClass").asText()).isEqualTo("db.serverless");
  }

  @Test
  void theMigrationsAskForExtensionsThatAuroraHas() throws IOException {
    Set<String> asked =
        EXTENSION
            .matcher(migrations())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(asked).contains("btree_gin", "pg_trgm");
    assertThat(EXTENSIONS).containsAll(asked);
  }

  /** Postgres has its own Unicode collations, on every machine alike, since 17. */
  @Test
  void theMigrationsCollateAsNoEarlierPostgresDoes() throws IOException {
    assertThat(migrations()).contains("\"pg_c_utf8\"");
    assertThat(major(cluster().path("EngineVersion").asText())).isGreaterThanOrEqualTo(17);
  }

  private static String migrations() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        all.append(Files.readString(file).toLowerCase(Locale.ROOT));
      }
      return all.toString();
    }
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static JsonNode cluster() {
    return Synthesis.standard().resource("AWS::RDS::DBCluster").path("Properties");
  }
}
