package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The HTTP API as one user calls it. */
record Http(URI base, String token) implements Route {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  /** An answer; a body that is no JSON counts as empty. */
  record Answer(int status, JsonNode body) {
    /** The body of an answer that must be a success. */
    JsonNode require() {
      if (status / 100 != 2) {
        throw new IllegalStateException("refused with " + status + ": " + body);
      }
      return body;
    }
  }

  Answer get(String path) {
    return tryGet(path).orElseThrow(() -> unanswered(path));
  }

  /** Reads; nothing is given if no answer came. */
  Optional<Answer> tryGet(String path) {
    return call(request(path).GET());
  }

  Answer post(String path, Object body) {
    return tryPost(path, body).orElseThrow(() -> unanswered(path));
  }

  /** Posts; nothing is given if no answer came. */
  Optional<Answer> tryPost(String path, Object body) {
    return call(request(path).POST(BodyPublishers.ofString(write(body))));
  }

  /** Calls a method of a path with a body; nothing is given if no answer came. */
  Optional<Answer> tryCall(String method, String path, Object body) {
    return call(request(path).method(method, BodyPublishers.ofString(write(body))));
  }

  /** Calls a method of a path without a body; nothing is given if no answer came. */
  Optional<Answer> tryCall(String method, String path) {
    return call(request(path).method(method, BodyPublishers.noBody()));
  }

  @Override
  public Attempt send(Sending sending) {
    Optional<Answer> answer = tryPost(sending.path(), sending.body());
    if (answer.isEmpty()) {
      return new Attempt.Unanswered();
    }
    JsonNode body = answer.get().body();
    if (answer.get().status() == 201) {
      return new Attempt.Acked(sending.messages(body));
    }
    // An error of the gateway's own has no code.
    return body.has("code")
        ? new Attempt.Refused(body.path("code").asText())
        : new Attempt.Unanswered();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static Optional<Answer> call(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return Optional.of(new Answer(response.statusCode(), read(response.body())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  static String write(Object value) {
    return JSON.valueToTree(value).toString();
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static IllegalStateException unanswered(String path) {
    return new IllegalStateException(path + " was not answered");
  }
}
