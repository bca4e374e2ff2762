package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.functions.App;
import parley.functions.StayReady;
import parley.platform.Config;
import parley.platform.Setting;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** What the template says of the functions fits the classes that it names. */
class FunctionTemplateTest {
  static List<Deployed> functions() {
    return Deployed.of(Synthesis.standard());
  }

  @Test
  void theTemplateHasTheseFunctions() {
    assertThat(functions())
        .extracting(Deployed::name)
        .containsExactlyInAnyOrder(
            "AuthorizerFunction",
            "DeliveryFunction",
            "HttpFunction",
            "KeepaliveFunction",
            "MigrationFunction",
            "SocketFunction",
            "SweepFunction");
  }

  /** EventBridge refuses more only when it is deployed. */
  @Test
  void noRuleHasMoreThanFiveTargets() {
    assertThat(Synthesis.standard().resources("AWS::Events::Rule"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.at("/Properties/Targets")).hasSizeBetween(1, 5));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theHandlerIsAClassThatLambdaAndTheLocalRuntimeCanMake(Deployed function) throws Exception {
    Class<?> handler = Class.forName(function.handler());

    assertThat(handler).isPublic();
    assertThat(
            RequestHandler.class.isAssignableFrom(handler)
                || RequestStreamHandler.class.isAssignableFrom(handler))
        .as("Lambda can call it")
        .isTrue();
    assertThat(Modifier.isPublic(handler.getConstructor().getModifiers())).isTrue();
    assertThat(Modifier.isPublic(handler.getConstructor(App.class).getModifiers())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theEnvironmentHasEverySettingThatTheFunctionReadsWhenItStarts(Deployed function)
      throws Exception {
    App app =
        new App(
            new Config(likeOnAws(function.environment())),
            nowhere(),
            Clock.systemUTC(),
            Sleeper.SYSTEM,
            line -> {});
    try {
      Class.forName(function.handler()).getConstructor(App.class).newInstance(app);
    } catch (InvocationTargetException e) {
      // Whoever calls AWS has read what it calls with; there is no AWS to answer here.
      assertThat(e).cause().isInstanceOf(SdkException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theEnvironmentIsWhatTheFunctionIsMeantToKnowAndNothingElse(Deployed function) {
    Set<Setting> database =
        Set.of(Setting.DATABASE_ARN, Setting.DATABASE_SECRET_ARN, Setting.DATABASE_NAME);
    Set<Setting> expected =
        switch (function.name()) {
          case "HttpFunction", "SocketFunction" -> {
            Set<Setting> settings = EnumSet.allOf(Setting.class);
            settings.remove(Setting.SERVING_SECRET_ARN);
            yield settings;
          }
          case "AuthorizerFunction" -> Set.of(Setting.JWT_SECRET_ARN);
          case "DeliveryFunction" -> {
            Set<Setting> settings = EnumSet.copyOf(database);
            settings.addAll(Set.of(Setting.CONNECTIONS_TABLE, Setting.CONNECTIONS_ENDPOINT));
            yield settings;
          }
          case "KeepaliveFunction" ->
              Set.of(
                  Setting.CONNECTIONS_TABLE,
                  Setting.CONNECTIONS_ENDPOINT,
                  Setting.DELIVERY_FUNCTION_ARN);
          case "MigrationFunction" -> {
            Set<Setting> settings = EnumSet.copyOf(database);
            settings.add(Setting.SERVING_SECRET_ARN);
            yield settings;
          }
          case "SweepFunction" -> {
            Set<Setting> settings = EnumSet.allOf(Setting.class);
            settings.removeAll(Set.of(Setting.JWT_SECRET_ARN, Setting.SERVING_SECRET_ARN));
            yield settings;
          }
          default -> throw new AssertionError(function.name());
        };

    assertThat(function.environment())
        .containsEntry(Setting.STAGE.name(), "dev")
        .containsEntry(
            "JAVA_TOOL_OPTIONS",
            "-XX:+TieredCompilation -XX:TieredStopAtLevel=1 -Dhttp.maxConnections=200");
    assertThat(function.environment().keySet())
        .isEqualTo(
            Stream.concat(
                    expected.stream().map(Enum::name),
                    Stream.of(Setting.STAGE.name(), "JAVA_TOOL_OPTIONS"))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theFunctionStartsFromASnapshotOnArmUnlessARollbackMayInvokeAnOldVersion(Deployed function) {
    JsonNode properties = function.properties();
    assertThat(properties.path("Runtime").asText()).isEqualTo("java25");
    assertThat(properties.path("Architectures").path(0).asText()).isEqualTo("arm64");
    assertThat(properties.path("SnapStart").path("ApplyOn").asText(""))
        .isEqualTo(function.name().equals("MigrationFunction") ? "None" : "PublishedVersions");
  }

  /** After 14 days without an invocation Lambda gives a snapshot up. */
  @Test
  void aScheduleInvokesEveryFunctionThatStartsFromASnapshot() {
    Set<String> snapshots =
        functions().stream()
            .filter(
                function -> !function.properties().at("/SnapStart/ApplyOn").asText().equals("None"))
            .map(Deployed::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> invoked = new TreeSet<>();
    for (JsonNode rule : Synthesis.standard().resources("AWS::Events::Rule")) {
      assertThat(rule.at("/Properties/ScheduleExpression").asText())
          .isIn("rate(1 minute)", "rate(3 days)");
      for (JsonNode target : rule.at("/Properties/Targets")) {
        String function =
            Intrinsics.text(target.path("Arn")).replaceFirst(".*?(\\w+Function)Live.*", "$1");
        assertThat(invoked.add(function)).as(function).isTrue();
        if (target.has("Input")) {
          assertThat(target.path("Input").asText()).isEqualTo(StayReady.EVENT);
        }
      }
    }

    assertThat(invoked).isEqualTo(snapshots).hasSize(6);
  }

  @Test
  void whateverCallsAFunctionCallsAPublishedVersionOfIt() {
    Synthesis synthesis = Synthesis.standard();
    for (JsonNode permission : synthesis.resources("AWS::Lambda::Permission")) {
      assertThat(Intrinsics.text(permission.path("Properties").path("FunctionName")))
          .contains("FunctionLive");
    }
    for (JsonNode integration : synthesis.resources("AWS::ApiGatewayV2::Integration")) {
      assertThat(Intrinsics.text(integration.path("Properties").path("IntegrationUri")))
          .contains("FunctionLive");
    }
    JsonNode authorizer = synthesis.resource("AWS::ApiGatewayV2::Authorizer").path("Properties");
    assertThat(Intrinsics.text(authorizer.path("AuthorizerUri")))
        .contains("AuthorizerFunctionLive");
    JsonNode trigger = synthesis.resource("Custom::Trigger").path("Properties");
    assertThat(Intrinsics.text(trigger.path("HandlerArn")))
        .contains("MigrationFunctionCurrentVersion");
    for (JsonNode retries : synthesis.resources("AWS::Lambda::EventInvokeConfig")) {
      assertThat(retries.path("Properties").path("Qualifier").asText()).isEqualTo("live");
    }
    for (JsonNode rule : synthesis.resources("AWS::Events::Rule")) {
      JsonNode target = rule.path("Properties").path("Targets").path(0);
      assertThat(Intrinsics.text(target.path("Arn"))).contains("FunctionLive");
    }
  }

  @Test
  void theNewCodeIsReachedOnlyAfterTheMigration() {
    for (Map.Entry<String, JsonNode> resource : Synthesis.standard().resources()) {
      String id = resource.getKey();
      boolean readsTheDatabase =
          id.startsWith("HttpFunctionLive")
              || id.startsWith("SocketFunctionLive")
              || id.startsWith("DeliveryFunctionLive")
              || id.startsWith("SweepFunctionLive");
      if (readsTheDatabase && resource.getValue().path("Type").asText().endsWith("Alias")) {
        assertThat(resource.getValue().path("DependsOn").toString()).contains("\"Migrate\"");
      }
    }
  }

  @Test
  void theAuthorizerIsAskedWhereverTheTokenStands() {
    JsonNode authorizer =
        Synthesis.standard().resource("AWS::ApiGatewayV2::Authorizer").path("Properties");
    assertThat(authorizer.path("IdentitySource").isArray()).isTrue();
    assertThat(authorizer.path("IdentitySource")).isEmpty();
  }

  /**
   * The text of each value, with letters where AWS would put an id, so that addresses are valid.
   */
  private static Map<String, String> likeOnAws(Map<String, String> environment) {
    Map<String, String> plain = new HashMap<>();
    environment.forEach((name, value) -> plain.put(name, value.replaceAll("\\$\\{[^}]*}", "some")));
    return plain;
  }

  /** Clients of a port on which nothing listens. */
  private static AwsClients nowhere() {
    return new AwsClients(
        builder ->
            builder
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://localhost:1")));
  }
}
