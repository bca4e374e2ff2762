package parley.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** A registered user. */
record User(String id, Http http) {
  static User register(URI base) {
    String email = UUID.randomUUID() + "@example.org";
    JsonNode tokens =
        new Http(base, "")
            .post(
                "/auth/register",
                Map.of("email", email, "password", "correct horse battery", "name", "Somebody"))
            .require();
    Http http = new Http(base, tokens.path("accessToken").asText());
    return new User(http.get("/users/me").require().path("id").asText(), http);
  }

  /** Makes friends with somebody and opens the conversation with them. */
  String converse(User friend) {
    String request =
        http.post("/friends/request/" + friend.id(), Map.of()).require().path("id").asText();
    friend.http().post("/friends/respond/" + request, Map.of("action", "ACCEPT")).require();
    return http.post("/conversations", Map.of("userId", friend.id())).require().path("id").asText();
  }
}
