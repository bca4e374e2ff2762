package parley.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.infra.ParleyApp;
import parley.local.template.Deployment;

/** What the context changes, and what it refuses. */
class StageContextTest {
  private static final Pattern KEY =
      Pattern.compile("values\\s*\\.(?:capacity|find|flag|text)\\(\\s*\"(\\w+)\"");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** Not when the deployment that makes it fails: what is kept then blocks the next one. */
  private static final String KEPT = "RetainExceptOnCreate";

  private static final String HOST = "api.example.com";
  static final String ARN =
      "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

  @Test
  void byDefaultNothingThatHoldsDataCanBeDeletedByMistake() {
    Synthesis synthesis = Synthesis.standard();
    JsonNode cluster = synthesis.resource("AWS::RDS::DBCluster");
    JsonNode table = synthesis.resource("AWS::DynamoDB::GlobalTable");

    assertThat(cluster.path("Properties").path("DeletionProtection").asBoolean()).isTrue();
    assertThat(cluster.path("DeletionPolicy").asText()).isEqualTo("Snapshot");
    assertThat(cluster.path("Properties").path("BackupRetentionPeriod").asInt()).isEqualTo(7);
    assertThat(replica(table).path("DeletionProtectionEnabled").asBoolean()).isTrue();
    assertThat(table.path("DeletionPolicy").asText()).isEqualTo(KEPT);
    assertThat(policies(synthesis, "AWS::SecretsManager::Secret")).containsOnly(KEPT);
    assertThat(policies(synthesis, "AWS::Logs::LogGroup")).containsOnly(KEPT);
    assertThat(retentions(synthesis)).containsOnly(30);
  }

  @Test
  void whatIsProtectedFromDeletionIsMadeAfterWhatMayFail() {
    JsonNode table = Synthesis.standard().resource("AWS::DynamoDB::GlobalTable");

    assertThat(table.path("DependsOn").valueStream().map(JsonNode::asText))
        .contains("DatabaseB269D8BB", "DatabaseWriter7794273E");
  }

  @Test
  void aThrowawayStageLeavesNothingBehind() {
    Synthesis synthesis =
        Synthesis.of(Map.of("throwaway", "true", "stage", "try", "corsOrigins", ""));
    JsonNode cluster = synthesis.resource("AWS::RDS::DBCluster");

    assertThat(cluster.path("Properties").path("DeletionProtection").asBoolean()).isFalse();
    assertThat(cluster.path("Properties").path("BackupRetentionPeriod").asInt()).isEqualTo(1);
    JsonNode table = synthesis.resource("AWS::DynamoDB::GlobalTable");
    assertThat(replica(table).path("DeletionProtectionEnabled").asBoolean()).isFalse();
    assertThat(retentions(synthesis)).containsOnly(7);
    for (JsonNode stack : List.of(synthesis.data(), synthesis.api())) {
      for (Map.Entry<String, JsonNode> resource : stack.path("Resources").properties()) {
        assertThat(resource.getValue().path("DeletionPolicy").asText("Delete"))
            .as(resource.getKey())
            .isEqualTo("Delete");
      }
    }
    assertThat(origins(synthesis)).as("unless it says otherwise").containsExactly("*");
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

  @Test
  void aStageThatStaysSaysWhichPagesMayCallIt() {
    assertThatThrownBy(() -> Synthesis.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("corsOrigins")
        .hasMessageContaining("none if no web page calls the API");
    assertThat(origins(Synthesis.standard())).containsExactly("https://chat.example.com");
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
          databaseVersion     | 16.9
          databaseVersion     | 17
          databaseMinCapacity | -1
          databaseMinCapacity | 0.3
          databaseMinCapacity | many
          databaseMinCapacity | NaN
          databaseMinCapacity | 8
          databaseMinCapacity | 4.5
          databaseMaxCapacity | 0
          databaseMaxCapacity | 300
          corsOrigins         | chat.example.com
          corsOrigins         | https://chat.example.com/
          corsOrigins         | *
          corsOrigins         | https://chat.example.com,*
          corsOrigins         | https://chat.example.com,none
          region              | Frankfurt
          httpDomain          | https://api.example.com
          httpDomain          | api.example.com
          httpCertificate     | mine
          httpCertificate     | arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef
          socketDomain        | live.example.com
          defaultAddresses    | on
          logLevel            | WARN
          logRetentionDays    | 31
          logRetentionDays    | for ever
          accessLogs          | yes
          accountLogRole      | arn
          tracing             | on
          monitoring          | no
          alarmEmail          | ann
          """)
  void aBadValueIsRefusedByTheNameOfItsKey(String key, String value) {
    assertThatThrownBy(() -> Synthesis.with(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the context value " + key + "=" + value)
        .hasMessageContaining("it must be");
  }

  @Test
  void valuesThatDoNotGoTogetherAreRefused() {
    assertThatThrownBy(
            () ->
                Synthesis.with(
                    Map.of("region", "us-east-1", "httpDomain", HOST, "httpCertificate", ARN)))
        .hasMessageStartingWith("the context value httpCertificate=" + ARN)
        .hasMessageEndingWith("it must be a certificate in us-east-1");
    assertThatThrownBy(
            () ->
                Synthesis.with(
                    Map.of(
                        "httpDomain", HOST,
                        "httpCertificate", ARN,
                        "socketDomain", HOST,
                        "socketCertificate", ARN)))
        .hasMessageStartingWith("the context value socketDomain=" + HOST)
        .hasMessageContaining("it must be another one than httpDomain");
    assertThatThrownBy(
            () -> Synthesis.with(Map.of("monitoring", "false", "alarmEmail", "ann@example.com")))
        .hasMessageStartingWith("the context value alarmEmail=ann@example.com")
        .hasMessageContaining("it must be left out");
  }

  @Test
  void theApisAnswerUnderDomainsOfOnesOwn() {
    Synthesis synthesis =
        Synthesis.with(
            Map.of(
                "region", "eu-central-1",
                "httpDomain", HOST,
                "httpCertificate", ARN,
                "socketDomain", "live.example.com",
                "socketCertificate", ARN));

    assertThat(synthesis.resources("AWS::ApiGatewayV2::DomainName"))
        .extracting(domain -> domain.path("Properties"))
        .allSatisfy(
            domain -> {
              JsonNode configuration = domain.path("DomainNameConfigurations").path(0);
              assertThat(configuration.path("CertificateArn").asText()).isEqualTo(ARN);
              assertThat(configuration.path("EndpointType").asText()).isEqualTo("REGIONAL");
              assertThat(configuration.path("SecurityPolicy").asText()).isEqualTo("TLS_1_2");
            })
        .extracting(domain -> domain.path("DomainName").asText())
        .containsExactlyInAnyOrder(HOST, "live.example.com");
    // No key: the HTTP API has the whole host; wss://HOST/ws as without a domain.
    assertThat(synthesis.resources("AWS::ApiGatewayV2::ApiMapping"))
        .extracting(mapping -> mapping.path("Properties").path("ApiMappingKey").asText(""))
        .containsExactlyInAnyOrder("", "ws");
    assertThat(Deployment.read(synthesis.directory()).ofType("AWS::ApiGatewayV2::DomainName"))
        .as("the local runtime reads the template")
        .hasSize(2);
    assertThat(synthesis.resources("AWS::ApiGatewayV2::Api"))
        .as("API Gateway's own addresses are off")
        .hasSize(2)
        .allMatch(api -> api.at("/Properties/DisableExecuteApiEndpoint").asBoolean());
    assertThat(endpoints(synthesis)).containsOnly("https://${SocketApiDomain64419C2D}/ws");
    JsonNode outputs = synthesis.api().path("Outputs");
    assertThat(Intrinsics.text(outputs.path("WebSocketUrl").path("Value"))).endsWith("/ws");
    assertThat(outputs.has("HttpDomainTarget") && outputs.has("SocketDomainTarget")).isTrue();
  }

  @Test
  void logsAreKeptAndFilteredAsTheContextSays() {
    Synthesis synthesis =
        Synthesis.with(
            Map.of(
                "logLevel", "DEBUG",
                "logRetentionDays", 90,
                "region", "eu-west-1",
                "throwaway", "true",
                "corsOrigins", "*"));

    assertThat(retentions(synthesis)).hasSize(10).containsOnly(90);
    assertThat(origins(synthesis)).as("a throwaway stage may say so too").containsExactly("*");
    assertThat(logLevels(synthesis)).containsOnly("DEBUG");
    assertThat(logLevels(Synthesis.standard())).containsOnly("INFO");
  }

  @Test
  void functionsAreTracedOnlyIfTheContextSaysSo() {
    assertThat(tracing(Synthesis.standard())).containsOnly("");
    Synthesis traced =
        Synthesis.with(
            Map.of(
                "tracing", "true",
                "corsOrigins", "none",
                "databaseVersion", "17.7",
                "socketDomain", HOST,
                "socketCertificate", ARN,
                "defaultAddresses", "true"));
    assertThat(tracing(traced)).containsOnly("Active");
    assertThat(Deployed.of(traced))
        .allSatisfy(
            function ->
                assertThat(function.actions())
                    .contains("xray:PutTraceSegments", "xray:PutTelemetryRecords"));
    assertThat(origins(traced)).isEmpty();
    assertThat(traced.resource("AWS::RDS::DBCluster").at("/Properties/EngineVersion").asText())
        .isEqualTo("17.7");
    assertThat(traced.resources("AWS::ApiGatewayV2::Api"))
        .as("API Gateway's own addresses stay on")
        .noneMatch(api -> api.at("/Properties/DisableExecuteApiEndpoint").asBoolean());
    assertThat(endpoints(traced)).allMatch(endpoint -> endpoint.contains(".execute-api."));
  }

  @Test
  void withoutTheFunctionsJarTheAppTellsHowToBuildIt(@TempDir Path empty) {
    String missing = empty.resolve("functions.jar").toString();
    assertThatThrownBy(() -> ParleyApp.main(new String[] {missing}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(missing)
        .hasMessageContaining("./mvnw package -pl functions -am");
  }

  @Test
  void withoutAnArgumentTheAppAsksForThePathOfTheJar() {
    assertThatThrownBy(() -> ParleyApp.main(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the path of the functions' jar");
  }

  @Test
  void everySettingIsOnThePageAboutDeploying() throws IOException {
    Path sources = Synthesis.INFRA.resolve(Path.of("src", "main", "java", "parley", "infra"));
    Set<String> read =
        KEY.matcher(Files.readString(sources.resolve("StageContext.java")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    // CustomDomain reads these by the name of the API.
    read.addAll(Set.of("httpDomain", "httpCertificate", "socketDomain", "socketCertificate"));
    Set<String> explained =
        Files.readAllLines(Path.of("..", "docs", "deploy.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> NAME.matcher(line.split("\\|", 3)[1]).results())
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(read).hasSizeGreaterThan(10);
    assertThat(explained).isEqualTo(read);
  }

  private static List<String> origins(Synthesis synthesis) {
    return synthesis.resources("AWS::ApiGatewayV2::Api").stream()
        .flatMap(api -> api.at("/Properties/CorsConfiguration/AllowOrigins").valueStream())
        .map(JsonNode::asText)
        .toList();
  }

  /** Where functions post to connections. */
  private static List<String> endpoints(Synthesis synthesis) {
    return Deployed.of(synthesis).stream()
        .map(function -> function.environment().get("CONNECTIONS_ENDPOINT"))
        .filter(Objects::nonNull)
        .toList();
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

  private static List<String> logLevels(Synthesis synthesis) {
    return Deployed.of(synthesis).stream()
        .map(function -> function.properties().path("LoggingConfig"))
        .map(logging -> logging.path("ApplicationLogLevel").asText())
        .toList();
  }

  private static List<String> tracing(Synthesis synthesis) {
    return Deployed.of(synthesis).stream()
        .map(function -> function.properties().path("TracingConfig").path("Mode").asText(""))
        .toList();
  }

  private static List<Integer> retentions(Synthesis synthesis) {
    return synthesis.resources("AWS::Logs::LogGroup").stream()
        .map(resource -> resource.path("Properties").path("RetentionInDays").asInt())
        .toList();
  }
}
