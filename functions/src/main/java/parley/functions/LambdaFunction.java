package parley.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.crac.Core;
import org.crac.Resource;

/**
 * A function of Parley: takes an event and gives an answer, both JSON.
 *
 * <p>SnapStart calls {@link #beforeCheckpoint} once, when a version is published, and {@link
 * #afterRestore} in every environment that starts from the snapshot (AWS Lambda's developer guide,
 * "Lambda SnapStart runtime hooks"). Lambda keeps its functions, but holds other resources weakly.
 */
abstract class LambdaFunction implements RequestStreamHandler, Resource {
  private final App app;

  LambdaFunction(App app) {
    this.app = app;
    Core.getGlobalContext().register(this);
  }

  /** Answers an event; the answer of a function that nobody waits for is empty. */
  abstract String answer(String event);

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    output.write(answer(event).getBytes(StandardCharsets.UTF_8));
  }

  /** Does what invocations will do, so that the snapshot holds it loaded, linked and compiled. */
  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    app.priming().rehearse(this);
  }

  /** Renews what must not be as it was when the snapshot was taken. */
  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {
    app.priming().renew();
  }
}
