package parley.local.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import parley.local.BootException;

/** The name and password of a database role, as a secret with credentials for RDS has them. */
public record DatabaseLogin(String username, String password) {
  /**
   * Reads a secret's value.
   *
   * @throws BootException if it is no JSON object with {@code username} and {@code password}
   */
  public static DatabaseLogin parse(String secret) {
    try {
      JsonNode json = new ObjectMapper().readTree(secret);
      if (json.path("username").isTextual() && json.path("password").isTextual()) {
        return new DatabaseLogin(json.path("username").asText(), json.path("password").asText());
      }
    } catch (JsonProcessingException e) {
      // Its message would show the secret.
    }
    throw new BootException("a secret of the database has no username and password");
  }

  @Override
  public String toString() {
    return username;
  }
}
