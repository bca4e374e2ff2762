package parley.local.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The HTTP client of functions that run in this JVM. It hands a signed request to the services in
 * memory, whatever host the request names. As over a socket, the service works on a thread of its
 * own: a caller that times out or is interrupted leaves, and the call takes effect nonetheless.
 *
 * <p>What only a socket has does not happen here: no connection is opened, kept, reset or found
 * closed, and a request has no trailing checksum. Functions in processes of their own use HTTP.
 */
public final class InMemoryHttpClient implements SdkHttpClient {
  private final AwsEndpoint endpoint;

  public InMemoryHttpClient(AwsEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  @Override
  public String clientName() {
    return "InMemory";
  }

  @Override
  public void close() {}

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final CompletableFuture<AwsResponse> answer = new CompletableFuture<>();

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      byte[] body = body(request);
      // The service is no part of the execution that calls it.
      Thread.ofVirtual()
          .name("aws")
          .inheritInheritableThreadLocals(false)
          .start(() -> answer(request.httpRequest(), body));
      try {
        return response(answer.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while a service answered");
      } catch (CancellationException e) {
        throw new IOException("the request was aborted", e);
      } catch (ExecutionException e) {
        throw new IOException("the service failed", e.getCause());
      }
    }

    private void answer(SdkHttpRequest http, byte[] body) {
      try {
        answer.complete(
            endpoint.answer(
                http.method().name(),
                http.encodedPath(),
                http.encodedQueryParameters().orElse(""),
                headers(http),
                body));
      } catch (Throwable fault) {
        answer.completeExceptionally(fault);
      }
    }

    @Override
    public void abort() {
      answer.cancel(false);
    }
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = request.contentStreamProvider().get().newStream()) {
      return in.readAllBytes();
    }
  }

  private static Map<String, String> headers(SdkHttpRequest request) {
    Map<String, String> headers = new HashMap<>();
    request.forEachHeader(
        (name, values) ->
            headers.merge(
                name.toLowerCase(Locale.ROOT),
                String.join(",", values),
                (first, second) -> first + "," + second));
    return headers;
  }

  private static HttpExecuteResponse response(AwsResponse answer) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.putHeader("content-length", Integer.toString(answer.body().length));
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }
}
