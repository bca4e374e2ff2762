package parley.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.CallLedger;
import parley.local.aws.Caller;
import parley.local.aws.Callers;
import parley.local.template.Deployment;

class FunctionHostTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:fn";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:failed";

  private final Deployment deployment =
      Deployment.of(
          Map.of(
              "S",
              """
              {"Resources": {
                "Fn": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "fn",
                  "Runtime": "java25", "Handler": "x", "Role": "r", "Timeout": 1,
                  "Environment": {"Variables": {"A": "b"}}}},
                "V": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Fn"}}},
                "Live": {"Type": "AWS::Lambda::Alias", "Properties": {"Name": "live",
                  "FunctionName": {"Ref": "Fn"},
                  "FunctionVersion": {"Fn::GetAtt": ["V", "Version"]}}},
                "Failed": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "failed"}},
                "Retries": {"Type": "AWS::Lambda::EventInvokeConfig", "Properties": {
                  "FunctionName": {"Ref": "Fn"}, "Qualifier": "live", "MaximumRetryAttempts": 2,
                  "DestinationConfig": {"OnFailure": {
                    "Destination": {"Fn::GetAtt": ["Failed", "Arn"]}}}}}}}
              """));
  private static final Caller USER = new Callers(new CallLedger(Clock.systemUTC())).find(null);

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final FunctionHost host = new FunctionHost(deployment, Duration.ofMillis(1), log::add);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void eventsAndResponsesAreMarshalledAsTheManagedRuntimeDoes() throws IOException {
    load(new TestHandlers.Typed());
    Invocation invocation = host.invoke(ARN + ":live", bytes("{\"rawPath\": \"/p\"}"));
    assertThat(invocation.failed()).isFalse();
    JsonNode response = new ObjectMapper().readTree(invocation.payload());
    assertThat(response.path("statusCode").asInt()).isEqualTo(200);
    assertThat(response.path("body").asText()).isEqualTo("/p " + ARN + ":live");
  }

  @Test
  void aFailureTellsMessageTypeTraceAndCause() throws IOException {
    load(new TestHandlers.Flaky(1));
    Invocation invocation = host.invoke(ARN, bytes("{}"));
    JsonNode error = new ObjectMapper().readTree(invocation.payload());
    assertThat(invocation.failed()).isTrue();
    assertThat(error.path("errorMessage").asText()).isEqualTo("not yet");
    assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("stackTrace").path(0).asText()).contains("Flaky.handleRequest");
    assertThat(error.path("cause").path("errorMessage").asText()).isEqualTo("deeper");
  }

  @Test
  void aFunctionThatTakesTooLongTimesOut() {
    load(new TestHandlers.Stuck());
    Invocation invocation = host.invoke(ARN, bytes("{}"));
    assertThat(invocation.failed()).isTrue();
    assertThat(new String(invocation.payload(), UTF_8))
        .contains("Task timed out after 1.00 seconds");
    assertThat(log).contains("Fn: Task timed out after 1 seconds");
  }

  @Test
  void aFailedEventIsRetriedTwice() {
    TestHandlers.Flaky handler = new TestHandlers.Flaky(2);
    load(handler);
    host.invokeAsync(ARN + ":live", bytes("{}"));
    await(() -> host.pendingEvents() == 0);
    assertThat(handler.invocations).hasValue(3);
    assertThat(host.failedEvents().count()).isZero();
  }

  @Test
  void anEventThatFailsThreeTimesGoesToTheDestination() throws IOException {
    TestHandlers.Flaky handler = new TestHandlers.Flaky(9);
    load(handler);
    host.invokeAsync(ARN + ":live", bytes("{\"n\": 1}"));
    await(() -> host.pendingEvents() == 0);
    assertThat(handler.invocations).hasValue(3);
    assertThat(host.failedEvents().of(QUEUE)).hasSize(1);
    JsonNode record = new ObjectMapper().readTree(host.failedEvents().of(QUEUE).getFirst());
    assertThat(record.path("requestPayload").path("n").asInt()).isEqualTo(1);
    assertThat(record.path("requestContext").path("condition").asText())
        .isEqualTo("RetriesExhausted");
    assertThat(log).contains("fn: gave an event up after 3 attempts");
  }

  @Test
  void aDestinationOfAnAliasIsNotTheFunctionsOwn() {
    load(new TestHandlers.Flaky(9));
    host.invokeAsync(ARN, bytes("{}"));
    await(() -> host.pendingEvents() == 0);
    assertThat(host.failedEvents().count()).isZero();
  }

  @Test
  void aWrongHandlerShowsWhenItIsLoaded() {
    assertThatThrownBy(() -> host.load(definition("parley.Missing"), USER, type -> type))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Fn")
        .hasMessageContaining("parley.Missing");
    assertThatThrownBy(() -> host.load(definition("java.lang.String"), USER, type -> "no handler"))
        .hasMessageContaining("Fn does not start")
        .hasMessageContaining("RequestHandler");
  }

  @Test
  void lambdasApiInvokesByNameAndArnAndKnowsWhatDoesNotExist() {
    load(new TestHandlers.Echo());
    assertThat(call("fn", "", bytes("[1]")).body()).isEqualTo(bytes("[1]"));
    assertThat(call("fn%3Alive", "", bytes("[2]")).body()).isEqualTo(bytes("[2]"));
    AwsResponse byArn = call(ARN.replace(":", "%3A"), "Qualifier=live", bytes("[3]"));
    assertThat(byArn.body()).isEqualTo(bytes("[3]"));
    assertThat(byArn.headers()).containsEntry("X-Amz-Executed-Version", "1");
    assertThatThrownBy(() -> call("fn", "Qualifier=dead", bytes("{}")))
        .isInstanceOfSatisfying(
            AwsException.class,
            e -> {
              assertThat(e.status()).isEqualTo(404);
              assertThat(e.code()).isEqualTo("ResourceNotFoundException");
            });
  }

  @Test
  void lambdasApiHasItsLimits() {
    load(new TestHandlers.Echo());
    byte[] big = bytes("\"" + "x".repeat(1024 * 1024) + "\"");
    assertThat(call("fn", "", big).status()).isEqualTo(200);
    assertThatThrownBy(() -> call("fn", "", big, "Event"))
        .isInstanceOfSatisfying(
            AwsException.class, e -> assertThat(e.code()).isEqualTo("RequestTooLargeException"));
    assertThatThrownBy(() -> call("fn", "", bytes("{")))
        .isInstanceOfSatisfying(
            AwsException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidRequestContentException"));
    assertThat(call("fn", "", bytes("{}"), "DryRun").status()).isEqualTo(204);
    assertThat(call("fn", "", bytes("{}"), "Event").status()).isEqualTo(202);
  }

  private AwsResponse call(String name, String query, byte[] body) {
    return call(name, query, body, "RequestResponse");
  }

  private AwsResponse call(String name, String query, byte[] body, String type) {
    return new LambdaService(host)
        .handle(
            new AwsRequest(
                "POST",
                "/2015-03-31/functions/" + name + "/invocations",
                query,
                Map.of("x-amz-invocation-type", type),
                body,
                USER));
  }

  private void load(Object handler) {
    host.load(definition(handler.getClass().getName()), USER, type -> handler);
  }

  private static FunctionDefinition definition(String handler) {
    return new FunctionDefinition(
        "Fn", "fn", ARN, "logs", handler, "role", Map.of(), Duration.ofSeconds(1), 128);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
