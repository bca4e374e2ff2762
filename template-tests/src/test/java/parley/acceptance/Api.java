package parley.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * The HTTP API, as one client calls it. Every answer is held against the contract.
 *
 * @param headers sent with each request
 */
record Api(URI base, Map<String, String> headers) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  /** The same API, called with this bearer token. */
  Api as(String token) {
    return new Api(base, Map.of("Authorization", "Bearer " + token));
  }

  Response get(String path) {
    return call("GET", path, JSON, BodyPublishers.noBody());
  }

  Response post(String path, Object body) {
    return call("POST", path, Json.write(body));
  }

  Response post(String path) {
    return call("POST", path, JSON, BodyPublishers.noBody());
  }

  Response patch(String path, Object body) {
    return call("PATCH", path, Json.write(body));
  }

  Response put(String path, Object body) {
    return call("PUT", path, Json.write(body));
  }

  Response put(String path) {
    return call("PUT", path, JSON, BodyPublishers.noBody());
  }

  Response delete(String path) {
    return call("DELETE", path, JSON, BodyPublishers.noBody());
  }

  /** Sends the body as it is, be it JSON or not. */
  Response call(String method, String path, String body) {
    return call(method, path, JSON, BodyPublishers.ofString(body));
  }

  /** The status alone of an answer that may be API Gateway's own: the function may die. */
  int status(String method, String path, String body) {
    return send(method, path, JSON, BodyPublishers.ofString(body)).statusCode();
  }

  Response call(String method, String path, String contentType, byte[] body) {
    return call(method, path, contentType, BodyPublishers.ofByteArray(body));
  }

  private Response call(String method, String path, String contentType, BodyPublisher body) {
    HttpResponse<String> response = send(method, path, contentType, body);
    Response answer =
        new Response(
            method + " " + path, response.statusCode(), response.headers(), response.body());
    ContractCheck.response(method, path, answer);
    return answer;
  }

  private HttpResponse<String> send(
      String method, String path, String contentType, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Content-Type", contentType)
            .method(method, body);
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
