package parley.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class LocalRuntimeTest {
  @TempDir Path data;

  @Test
  void itBootsFromTheTemplateServesAndKeepsItsDataOverARestart() throws Exception {
    String signingSecret;
    try (LocalRuntime runtime = LocalRuntime.start(RuntimeOptions.quiet(data))) {
      assertThat(get(runtime.httpUrl() + "/health").statusCode()).isEqualTo(200);
      signingSecret = signingSecret(runtime);
      try (DynamoDbClient user = dynamoDb(runtime, "someone")) {
        user.putItem(put -> put.tableName(table(runtime)).item(key(runtime)));
      }
      functionsMayDoWhatTheirRolesAllow(runtime);
      anotherRuntimeMayNotUseTheSameFolder();
    }
    try (LocalRuntime runtime = LocalRuntime.start(RuntimeOptions.quiet(data));
        DynamoDbClient user = dynamoDb(runtime, "someone")) {
      assertThat(user.scan(scan -> scan.tableName(table(runtime))).items()).hasSize(1);
      assertThat(signingSecret(runtime)).isEqualTo(signingSecret);
    }
    try (LocalRuntime runtime = LocalRuntime.start(RuntimeOptions.quiet(data).withFresh(true));
        DynamoDbClient user = dynamoDb(runtime, "someone")) {
      assertThat(user.scan(scan -> scan.tableName(table(runtime))).items()).isEmpty();
      assertThat(signingSecret(runtime)).isNotEqualTo(signingSecret);
    }
  }

  @Test
  void aClosedRuntimeLeavesNoThreadBehind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    LocalRuntime.start(RuntimeOptions.quiet(data)).close();
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.isDaemon())
                .filter(LocalRuntimeTest::isStillAliveSoon)
                .map(thread -> thread + Arrays.toString(thread.getStackTrace())))
        .isEmpty();
  }

  private static boolean isStillAliveSoon(Thread thread) {
    try {
      return !thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void functionsMayDoWhatTheirRolesAllow(LocalRuntime runtime) {
    long mark = runtime.ledger().mark();
    String function = functionWithHandler(runtime, "parley.functions.HttpFunction");
    try (DynamoDbClient client = dynamoDb(runtime, runtime.accessKey(function))) {
      client.batchGetItem(
          request ->
              request.requestItems(
                  Map.of(
                      table(runtime),
                      KeysAndAttributes.builder().keys(List.of(key(runtime))).build())));
      assertThatThrownBy(() -> client.scan(scan -> scan.tableName(table(runtime))))
          .isInstanceOfSatisfying(
              DynamoDbException.class,
              e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                assertThat(e.awsErrorDetails().errorMessage())
                    .contains(":assumed-role/", "dynamodb:Scan", "table/" + table(runtime));
              });
    }
    assertThat(runtime.ledger().count("dynamodb:BatchGetItem", mark)).isEqualTo(1);
    assertThat(runtime.ledger().since(mark)).allMatch(call -> call.caller().equals(function));
  }

  private void anotherRuntimeMayNotUseTheSameFolder() {
    assertThatThrownBy(() -> LocalRuntime.start(RuntimeOptions.quiet(data)))
        .isInstanceOf(BootException.class)
        .hasMessageContaining("another runtime is using");
  }

  @Test
  void aBootThatFailsSaysWhyAndLeavesNothingRunning(@TempDir Path templates) throws Exception {
    for (String stack : new String[] {"ParleyData", "ParleyApi"}) {
      String file = stack + ".template.json";
      try (var in = LocalRuntime.class.getResourceAsStream("/template/" + file)) {
        assertThat(in).isNotNull();
        Files.writeString(
            templates.resolve(file),
            new String(in.readAllBytes(), UTF_8)
                .replace("parley.functions.HttpFunction", "parley.functions.Misspelt"));
      }
    }
    RuntimeOptions options = RuntimeOptions.quiet(data).withTemplates(templates);
    assertThatThrownBy(() -> LocalRuntime.start(options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("parley.functions.Misspelt");
    assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
    // The folder is free again.
    DataFolder.open(data, false).close();
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThatThrownBy(
              () ->
                  LocalRuntime.start(RuntimeOptions.quiet(data).withPorts(taken.getLocalPort(), 0)))
          .isInstanceOf(BootException.class)
          .hasMessage("port " + taken.getLocalPort() + " is taken; PORT names another one");
    }
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String functionWithHandler(LocalRuntime runtime, String handler) {
    return runtime.functions().definitions().stream()
        .filter(function -> function.handler().equals(handler))
        .findFirst()
        .orElseThrow()
        .logicalId();
  }

  private static String signingSecret(LocalRuntime runtime) {
    String function = functionWithHandler(runtime, "parley.functions.AuthorizerFunction");
    String arn =
        runtime.functions().definitions().stream()
            .filter(definition -> definition.logicalId().equals(function))
            .findFirst()
            .orElseThrow()
            .environment()
            .getOrDefault("JWT_SECRET_ARN", "");
    try (SecretsManagerClient client =
        local(SecretsManagerClient.builder(), runtime, runtime.accessKey(function))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return client.getSecretValue(request -> request.secretId(arn)).secretString();
    }
  }

  private static String table(LocalRuntime runtime) {
    return runtime.deployment().ofType("AWS::DynamoDB::GlobalTable").getFirst().ref();
  }

  /** An item of nothing but the key, whatever the template calls its attributes. */
  private static Map<String, AttributeValue> key(LocalRuntime runtime) {
    Map<String, AttributeValue> key = new HashMap<>();
    runtime
        .deployment()
        .ofType("AWS::DynamoDB::GlobalTable")
        .getFirst()
        .property("KeySchema")
        .forEach(part -> key.put(part.path("AttributeName").asText(), AttributeValue.fromS("x")));
    return key;
  }

  private static DynamoDbClient dynamoDb(LocalRuntime runtime, String key) {
    return local(DynamoDbClient.builder(), runtime, key)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B local(
      B builder, LocalRuntime runtime, String key) {
    return builder
        .endpointOverride(URI.create(runtime.awsUrl()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret")));
  }
}
