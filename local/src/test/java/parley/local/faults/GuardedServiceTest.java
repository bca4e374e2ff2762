package parley.local.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.local.aws.AwsException;
import parley.local.aws.AwsRequest;
import parley.local.aws.AwsResponse;
import parley.local.aws.AwsService;
import parley.local.aws.CallLedger;
import parley.local.aws.Callers;
import parley.local.faults.CallFault.Moment;
import parley.local.lambda.Execution;
import parley.local.lambda.FunctionDefinition;
import parley.local.lambda.FunctionHost;
import parley.local.lambda.Invocation;
import parley.local.template.Deployment;

/** A function makes two calls of a service, and the first meets a fault. */
class GuardedServiceTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:fn";

  private final FunctionHost host =
      new FunctionHost(
          Deployment.of(
              Map.of(
                  "S",
                  """
                  {"Resources": {
                    "Fn": {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": "fn",
                      "Runtime": "java25", "Handler": "x", "Role": "r"}}}}
                  """)),
          Duration.ofMillis(1),
          line -> {});
  private final List<String> effects = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final CountDownLatch handlerEnded = new CountDownLatch(1);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void withoutAFaultBothCallsTakeEffect() throws InterruptedException {
    assertThat(run(CallFault.NONE)).isEqualTo("done");
    assertThat(effects).containsExactly("first", "second");
    assertThat(answers).containsExactly("200", "200");
  }

  @Test
  void aFunctionKilledBeforeACallHasNoEffectFromThereOn() throws InterruptedException {
    assertThat(run(new CallFault.Killed(Moment.BEFORE))).contains("signal: killed");
    assertThat(effects).isEmpty();
  }

  @Test
  void aFunctionKilledAfterACallHasHadThatCallsEffectAndNoOther() throws InterruptedException {
    assertThat(run(new CallFault.Killed(Moment.AFTER))).contains("signal: killed");
    assertThat(effects).containsExactly("first");
  }

  @Test
  void aServiceThatTakesTheFunctionsWholeTimeEndsIt() throws InterruptedException {
    assertThat(run(new CallFault.TimedOut(Moment.AFTER))).contains("Task timed out after 1.00 s");
    assertThat(effects).containsExactly("first");
  }

  @Test
  void whatASlowCallDoesAfterTheFunctionsRealTimeoutHasNoEffect() throws InterruptedException {
    assertThat(run(new CallFault.Slow(Duration.ofMillis(1_200)))).contains("Task timed out");
    assertThat(effects).isEmpty();
  }

  @Test
  void aFailedCallMayHaveTakenEffect() throws InterruptedException {
    assertThat(run(new CallFault.Failed(Moment.BEFORE, 429, "LimitExceededException")))
        .isEqualTo("done");
    assertThat(run(new CallFault.Failed(Moment.AFTER, 500, "InternalFailure"))).isEqualTo("done");
    assertThat(effects).containsExactly("second", "first", "second");
    assertThat(answers).containsExactly("429", "200", "500", "200");
  }

  @Test
  void othersThanFunctionsMeetNoFault() {
    assertThat(guarded(new CallFault.Killed(Moment.BEFORE)).handle(request("first", Map.of())))
        .extracting(AwsResponse::status)
        .isEqualTo(200);
  }

  /** Invokes the function, waits until its handler has returned too, and gives the outcome. */
  private String run(CallFault fault) throws InterruptedException {
    host.load(
        new FunctionDefinition(
            "Fn",
            "fn",
            ARN,
            "logs",
            Twice.class.getName(),
            "r",
            Map.of(),
            Duration.ofSeconds(1),
            128),
        new Callers(new CallLedger(Clock.systemUTC())).find(null),
        type -> new Twice(guarded(fault)));
    Invocation invocation = host.invoke(ARN, new byte[0]);
    assertThat(handlerEnded.await(10, TimeUnit.SECONDS)).isTrue();
    return new String(invocation.payload(), UTF_8);
  }

  private GuardedService guarded(CallFault fault) {
    return new GuardedService(
        new Recording(),
        host.executions(),
        new Faults() {
          @Override
          public CallFault onCall(String service, AwsRequest request) {
            return request.path().equals("first") ? fault : CallFault.NONE;
          }
        });
  }

  private static AwsRequest request(String path, Map<String, String> headers) {
    return new AwsRequest(
        "POST",
        path,
        "",
        headers,
        new byte[0],
        new Callers(new CallLedger(Clock.systemUTC())).find(null));
  }

  private final class Recording implements AwsService {
    @Override
    public String signingName() {
      return "recording";
    }

    @Override
    public AwsResponse handle(AwsRequest request) {
      effects.add(request.path());
      return AwsResponse.empty(200);
    }
  }

  private final class Twice implements RequestStreamHandler {
    private final GuardedService service;

    Twice(GuardedService service) {
      this.service = service;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      String id = Objects.requireNonNull(Execution.current()).id();
      for (String path : List.of("first", "second")) {
        try {
          AwsResponse response = service.handle(request(path, Map.of(Execution.HEADER, id)));
          answers.add(String.valueOf(response.status()));
        } catch (AwsException e) {
          answers.add(String.valueOf(e.status()));
        }
      }
      write(output);
      handlerEnded.countDown();
    }

    private static void write(OutputStream output) {
      try {
        output.write("done".getBytes(UTF_8));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
