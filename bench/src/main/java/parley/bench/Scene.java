package parley.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import parley.local.LocalRuntime;

/**
 * Two friends, one of whom is connected, so that the samples of events can be played with effect.
 *
 * @param living what takes the place of the samples' made-up names
 */
record Scene(HttpClient client, WebSocket phone, Map<String, String> living)
    implements AutoCloseable {
  private static final Path SAMPLES = Path.of("..", "events", "samples");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Scene set(LocalRuntime system) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    Api api = new Api(client, system.httpUrl());
    String ann = api.register("ann");
    String ben = api.register("ben");
    String annsId = api.call("GET", "/users/me", "", ann).path("id").asText();
    String bensId = api.call("GET", "/users/me", "", ben).path("id").asText();
    String request = api.call("POST", "/friends/request/" + bensId, "", ann).path("id").asText();
    api.call("POST", "/friends/respond/" + request, "{\"action\":\"ACCEPT\"}", ben);
    String conversation =
        api.call("POST", "/conversations", "{\"userId\":\"%s\"}".formatted(annsId), ben)
            .path("id")
            .asText();
    WebSocket phone =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + ben)
            .buildAsync(URI.create(system.webSocketUrl()), new WebSocket.Listener() {})
            .join();
    return new Scene(
        client,
        phone,
        Map.of(
            "made-up.access.token",
            ben,
            "01939f6e-1c2d-7a3b-8c4d-5e6f708192a3",
            bensId,
            "01939f70-2b3c-7d4e-9f50-617283940a1b",
            conversation,
            "1795367045",
            "2095367045",
            "ada@example.com",
            "ben@example.com",
            "made-up password",
            "a long password"));
  }

  /** The event that a function is measured with. */
  byte[] event(String function) throws IOException {
    String sample =
        switch (function) {
          case "HttpFunction" -> "http/get.json";
          case "SocketFunction" -> "socket/message.json";
          case "AuthorizerFunction" -> "authorizer/connect.json";
          case "DeliveryFunction" -> "delivery/frame.json";
          case "KeepaliveFunction", "SweepFunction" -> "keepalive/tick.json";
          default -> "migration/deployment.json";
        };
    String event = Files.readString(SAMPLES.resolve(sample));
    for (Map.Entry<String, String> value : living.entrySet()) {
      event = event.replace(value.getKey(), value.getValue());
    }
    return event.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    phone.abort();
    client.close();
  }

  private record Api(HttpClient client, String url) {
    String register(String name) throws IOException, InterruptedException {
      String body =
          """
          {"email":"%s@example.com","password":"a long password","name":"Somebody"}
          """
              .formatted(name);
      return call("POST", "/auth/register", body, "").path("accessToken").asText();
    }

    JsonNode call(String method, String path, String body, String token)
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
}
