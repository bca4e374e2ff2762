package parley.platform.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Which connections there are before, in and after a rehearsal. */
class RehearsableHttpClientTest {
  private final List<Connected> connected = new ArrayList<>();
  private final RehearsableHttpClient http =
      new RehearsableHttpClient(
          () -> {
            connected.add(new Connected());
            return connected.getLast();
          });

  @Test
  void aRehearsalConnectsNothing() {
    List<String> operations = new ArrayList<>();

    http.rehearse(
        operation -> {
          operations.add(operation);
          return "{}";
        },
        () -> {
          send("/", "DynamoDB_20120810.BatchGetItem");
          send("/Execute", null);
        });

    assertThat(operations).containsExactly("BatchGetItem", "/Execute");
    assertThat(connected).isEmpty();
  }

  @Test
  void anyRequestAfterARehearsalIsSent() {
    http.rehearse(operation -> "{}", () -> send("/", null));

    send("/", null);

    assertThat(connected).hasSize(1);
  }

  @Test
  void theConnectionsOfBeforeAreClosedAndNotUsedAgain() {
    send("/", null);
    send("/", null);
    assertThat(connected).hasSize(1);

    http.reconnect();
    send("/", null);

    assertThat(connected).extracting(client -> client.closed).containsExactly(true, false);
  }

  private void send(String path, @Nullable String target) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create("https://example.com" + path));
    if (target != null) {
      request.putHeader("X-Amz-Target", target);
    }
    try {
      http.prepareRequest(HttpExecuteRequest.builder().request(request.build()).build()).call();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A client that takes every request. */
  private static final class Connected implements SdkHttpClient {
    private boolean closed;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(200).build())
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
