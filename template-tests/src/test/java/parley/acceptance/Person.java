package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.acceptance.Phone.TokenIn;

/** A registered user and what they can do. */
record Person(
    Chat chat, String id, String name, String email, String accessToken, String refreshToken) {
  static final String PASSWORD = "correct horse battery staple";

  /** Registers somebody of this name with an email that nobody else has. */
  static Person register(Chat chat, String name) {
    String email = name.toLowerCase(Locale.ROOT) + "." + UUID.randomUUID() + "@example.org";
    JsonNode tokens =
        chat.api()
            .post("/auth/register", Map.of("email", email, "password", PASSWORD, "name", name))
            .require(201);
    return from(chat, name, email, tokens);
  }

  /** The same person after another login, as on a second device. */
  Person login() {
    return from(
        chat,
        name,
        email,
        chat.api().post("/auth/login", Map.of("email", email, "password", PASSWORD)).require(201));
  }

  /** The same person with new tokens, which last as long as ever. */
  Person refreshed() {
    JsonNode tokens =
        chat.api().post("/auth/refresh", Map.of("refreshToken", refreshToken)).require(201);
    return new Person(
        chat,
        id,
        name,
        email,
        tokens.path("accessToken").asText(),
        tokens.path("refreshToken").asText());
  }

  private static Person from(Chat chat, String name, String email, JsonNode tokens) {
    String accessToken = tokens.path("accessToken").asText();
    String id = chat.api().as(accessToken).get("/users/me").require(200).path("id").asText();
    return new Person(chat, id, name, email, accessToken, tokens.path("refreshToken").asText());
  }

  Api api() {
    return chat.api().as(accessToken);
  }

  Response requestFriendship(Person other) {
    return api().post("/friends/request/" + other.id);
  }

  Response respond(String requestId, String action) {
    return api().post("/friends/respond/" + requestId, Map.of("action", action));
  }

  Response withdraw(String requestId) {
    return api().delete("/friends/requests/" + requestId);
  }

  Response unfriend(Person other) {
    return api().delete("/friends/" + other.id);
  }

  /** Makes the two friends. */
  void befriend(Person other) {
    String request = requestFriendship(other).require(201).path("id").asText();
    other.respond(request, "ACCEPT").require(201);
  }

  Response openConversation(Person other) {
    return api().post("/conversations", Map.of("userId", other.id));
  }

  /** The id of the conversation with a friend. */
  String converse(Person friend) {
    return openConversation(friend).require(201).path("id").asText();
  }

  Response send(String conversation, String content) {
    return api().post("/messages", Map.of("conversationId", conversation, "content", content));
  }

  Response send(String conversation, String content, String clientId) {
    return api()
        .post(
            "/messages",
            Map.of("conversationId", conversation, "content", content, "clientId", clientId));
  }

  /** Sends a message and gives its id. */
  String sent(String conversation, String content) {
    return send(conversation, content).require(201).at("/message/id").asText();
  }

  Response edit(String message, String content) {
    return api().patch("/messages/" + message, Map.of("content", content));
  }

  /** Deletes a message for everyone. */
  Response delete(String message) {
    return api().delete("/messages/" + message);
  }

  Response deleteForMe(String message) {
    return api().delete("/messages/" + message + "?for=me");
  }

  Response block(Person other) {
    return api().put("/blocks/" + other.id);
  }

  Response unblock(Person other) {
    return api().delete("/blocks/" + other.id);
  }

  /**
   * All messages, the newest first, read page by page; without their senders, which events and
   * {@code /sync} leave out.
   */
  List<JsonNode> history(String conversation) {
    return all("/messages?limit=100&conversationId=" + conversation).stream()
        .map(message -> Json.without(message, "sender"))
        .toList();
  }

  List<String> contents(String conversation) {
    return history(conversation).stream().map(message -> message.path("content").asText()).toList();
  }

  /** One page of a list. */
  List<JsonNode> list(String path) {
    return Json.items(api().get(path).require(200));
  }

  /** All of a list, read page by page. */
  List<JsonNode> all(String path) {
    return all(path.contains("?") ? path : path + "?", "");
  }

  /** All of a list that follows a page, whose {@link Response#next} this is. */
  List<JsonNode> all(String path, String after) {
    List<JsonNode> all = new ArrayList<>();
    Optional<String> next = Optional.of(after);
    while (next.isPresent()) {
      Response page = api().get(path + next.get());
      all.addAll(Json.items(page.require(200)));
      next = page.next();
    }
    return all;
  }

  /** A device of this person that is connected. */
  Phone phone() {
    return phone(TokenIn.HEADER);
  }

  Phone phone(TokenIn tokenIn) {
    return Phone.connect(chat.socketUrl(), accessToken, tokenIn);
  }

  /** Everything that this person can read of their own state. */
  Map<String, String> state() {
    StringBuilder messages = new StringBuilder();
    for (JsonNode conversation : list("/conversations")) {
      messages.append(history(conversation.path("id").asText()));
    }
    return Map.of(
        "me", api().get("/users/me").require(200).toString(),
        "friends", list("/friends").toString(),
        "incoming", list("/friends/requests").toString(),
        "outgoing", list("/friends/requests/me").toString(),
        "conversations", list("/conversations").toString(),
        "messages", messages.toString());
  }
}
