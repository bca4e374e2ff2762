package parley.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Parley's HTTP API.
 *
 * @param url without a slash at its end
 */
public record Api(HttpClient client, String url) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Makes an account and returns its access token. */
  public String register(String name) throws IOException, InterruptedException {
    String body =
        """
        {"email":"%s@example.com","password":"a long password","name":"Somebody"}
        """
            .formatted(name);
    return call("POST", "/auth/register", body, "").path("accessToken").asText();
  }

  /** The id of the user whose token this is. */
  public String id(String token) throws IOException, InterruptedException {
    return call("GET", "/users/me", "", token).path("id").asText();
  }

  /** Makes friends of two users. */
  public void befriend(String oneToken, String otherToken)
      throws IOException, InterruptedException {
    String request =
        call("POST", "/friends/request/" + id(otherToken), "", oneToken).path("id").asText();
    call("POST", "/friends/respond/" + request, "{\"action\":\"ACCEPT\"}", otherToken);
  }

  /** The conversation of two friends. */
  public String conversation(String oneToken, String otherToken)
      throws IOException, InterruptedException {
    return call("POST", "/conversations", "{\"userId\":\"%s\"}".formatted(id(oneToken)), otherToken)
        .path("id")
        .asText();
  }

  /**
   * Calls a route.
   *
   * @param body JSON, or empty
   * @param token of the caller, or empty
   * @throws IllegalStateException with what it answered, if that is no success
   */
  public JsonNode call(String method, String path, String body, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token)
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(method + " " + path + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}
