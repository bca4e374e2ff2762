package parley.platform.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The HTTP client under all AWS clients. During a rehearsal it answers by itself; at its first
 * request outside of one it makes the client that connects, so that a snapshot taken before holds
 * no connection.
 */
final class RehearsableHttpClient implements SdkHttpClient {
  private static final String TARGET = "X-Amz-Target";

  private final Supplier<? extends SdkHttpClient> connecting;
  private volatile @Nullable SdkHttpClient connected;
  private volatile @Nullable UnaryOperator<String> answers;

  RehearsableHttpClient(Supplier<? extends SdkHttpClient> connecting) {
    this.connecting = connecting;
  }

  void rehearse(UnaryOperator<String> rehearsed, Runnable work) {
    answers = rehearsed;
    try {
      work.run();
    } finally {
      answers = null;
    }
  }

  void reconnect() {
    close();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    UnaryOperator<String> rehearsed = answers;
    return rehearsed == null
        ? client().prepareRequest(request)
        : new Rehearsed(rehearsed.apply(operation(request.httpRequest())));
  }

  @Override
  public String clientName() {
    return client().clientName();
  }

  @Override
  public synchronized void close() {
    SdkHttpClient known = connected;
    connected = null;
    if (known != null) {
      known.close();
    }
  }

  private SdkHttpClient client() {
    SdkHttpClient known = connected;
    return known == null ? connect() : known;
  }

  private synchronized SdkHttpClient connect() {
    SdkHttpClient known = connected;
    if (known == null) {
      known = connecting.get();
      connected = known;
    }
    return known;
  }

  private static String operation(SdkHttpRequest request) {
    return request
        .firstMatchingHeader(TARGET)
        .map(target -> target.substring(target.indexOf('.') + 1))
        .orElse(request.encodedPath());
  }

  private record Rehearsed(String body) implements ExecutableHttpRequest {
    @Override
    public HttpExecuteResponse call() {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpResponse.builder()
                  .statusCode(200)
                  .putHeader("content-type", "application/json")
                  .putHeader("content-length", Integer.toString(bytes.length))
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
          .build();
    }

    @Override
    public void abort() {}
  }
}
