package parley.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.Sleeper;
import parley.platform.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context.BeforeExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;

/** The invocation that only keeps a snapshot from being given up. */
class StayReadyTest {
  private final List<String> calls = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      classes = {
        AuthorizerFunction.class,
        DeliveryFunction.class,
        HttpFunction.class,
        KeepaliveFunction.class,
        SocketFunction.class,
        SweepFunction.class
      })
  void itDoesNothingAndCallsNobody(Class<? extends LambdaFunction> type)
      throws ReflectiveOperationException, IOException {
    LambdaFunction function = type.getConstructor(App.class).newInstance(app());
    calls.clear();

    function.handleRequest(
        new ByteArrayInputStream(StayReady.EVENT.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        context());

    assertThat(calls).isEmpty();
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"action\":\"stay-ready\"", "\"outcome\":\"OK\"");
  }

  private App app() {
    AwsClients aws =
        new AwsClients(
            builder ->
                builder
                    .region(Region.US_EAST_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .overrideConfiguration(
                        configuration -> configuration.addExecutionInterceptor(new Recorder())));
    return new App(Offline.config(), aws, Clock.systemUTC(), Sleeper.SYSTEM, lines::add);
  }

  private final class Recorder implements ExecutionInterceptor {
    @Override
    public void beforeExecution(BeforeExecution context, ExecutionAttributes attributes) {
      calls.add(context.request().getClass().getSimpleName());
      throw new IllegalStateException("nobody may be called");
    }
  }

  /** The context of some invocation. */
  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "r1";
                  case "getInvokedFunctionArn" -> "arn";
                  case "getRemainingTimeInMillis" -> 10_000;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
