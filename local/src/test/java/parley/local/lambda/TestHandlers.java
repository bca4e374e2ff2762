package parley.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers that tests invoke. */
final class TestHandlers {
  private TestHandlers() {}

  /** Answers with the path of the request and the name by which the function was invoked. */
  public static final class Typed
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withBody(event.getRawPath() + " " + context.getInvokedFunctionArn())
          .build();
    }
  }

  /** Gives back the bytes that it gets. */
  public static final class Echo implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      input.transferTo(output);
    }
  }

  /** Fails its first invocations. */
  public static final class Flaky implements RequestStreamHandler {
    final AtomicInteger invocations = new AtomicInteger();
    private final int failures;

    Flaky(int failures) {
      this.failures = failures;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      if (invocations.incrementAndGet() <= failures) {
        throw new IllegalStateException("not yet", new IOException("deeper"));
      }
    }
  }

  /** Never answers. */
  public static final class Stuck implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
