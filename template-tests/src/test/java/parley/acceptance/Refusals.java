package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What every error must look like, and what none may tell. */
final class Refusals {
  private Refusals() {}

  /** An error over HTTP. */
  static void checkBody(JsonNode error, int status) {
    assertThat(error.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("statusCode", "error", "message", "code");
    assertThat(error.path("statusCode").asInt()).isEqualTo(status);
    assertThat(error.path("error").asText()).isNotBlank();
    checkMessage(error);
  }

  /** An error over a socket. */
  static void checkError(JsonNode error) {
    assertThat(error.fieldNames()).toIterable().containsExactlyInAnyOrder("code", "message");
    checkMessage(error);
  }

  private static void checkMessage(JsonNode error) {
    String message = error.path("message").asText();
    assertThat(message).isNotBlank().doesNotContain("\n");
    assertThat(message.toLowerCase(Locale.ROOT))
        .doesNotContain(
            "exception", "parley.", "software.amazon", "sqlstate", "select ", "insert ");
  }
}
