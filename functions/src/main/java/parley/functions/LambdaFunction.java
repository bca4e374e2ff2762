package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.crac.Core;
import org.crac.Resource;
import parley.platform.log.Invocation;
import parley.platform.log.Log;

/**
 * A function of Parley: takes an event and gives an answer, both JSON.
 *
 * <p>SnapStart calls {@link #beforeCheckpoint} once, when a version is published, and {@link
 * #afterRestore} in every environment that starts from the snapshot (AWS Lambda's developer guide,
 * "Lambda SnapStart runtime hooks"). Lambda keeps its functions, but holds other resources weakly.
 */
abstract class LambdaFunction implements RequestStreamHandler, Resource {
  private final Log log;
  private final Priming priming;

  LambdaFunction(App app) {
    log = app.log(getClass());
    priming = app.priming();
    Core.getGlobalContext().register(this);
  }

  /**
   * Answers an event; nothing if whoever asks is not let in.
   *
   * @param functionArn by which this function was invoked, with its qualifier
   */
  abstract Optional<String> answer(String event, String functionArn);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    String answer =
        log.invocation(
                context.getAwsRequestId(),
                () -> Duration.ofMillis(context.getRemainingTimeInMillis()),
                () -> respond(event, context.getInvokedFunctionArn()))
            .orElseThrow(Unauthorized::new);
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> respond(String event, String functionArn) {
    if (event.equals(StayReady.EVENT)) {
      Invocation.current().action(StayReady.ACTION);
      return Optional.of("");
    }
    return answer(event, functionArn);
  }

  /** Does what invocations will do, so that the snapshot holds it loaded, linked and compiled. */
  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    priming.rehearse(this, log);
  }

  /** Renews what must not be as it was when the snapshot was taken. */
  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {
    priming.renew();
  }

  /** API Gateway answers 401 to this very message of an authorizer, and 500 to any other. */
  private static final class Unauthorized extends RuntimeException {
    private Unauthorized() {
      super("Unauthorized", null, false, false);
    }
  }
}
