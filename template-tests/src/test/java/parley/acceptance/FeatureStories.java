package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.GrantStories.DELIVERY;
import static parley.acceptance.GrantStories.HTTP;
import static parley.acceptance.GrantStories.KEEPALIVE;
import static parley.acceptance.GrantStories.SOCKET;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What people do besides sending messages. */
final class FeatureStories {
  private static final String SETTINGS = "/users/me/settings";

  private FeatureStories() {}

  static List<GrantStory> all() {
    return List.of(
        requested("health", friends -> friends.chat().api().get("/health").require(200)),
        requested("a login", friends -> friends.ann().login()),
        requested("a name that changes", FeatureStories::profile),
        requested("a block", FeatureStories::block)
            .cleanedBy(friends -> friends.ann().unblock(friends.ben())),
        GrantStory.of(SOCKET, "a friend who comes and goes", FeatureStories::comeAndGo)
            .and(KEEPALIVE)
            .and(DELIVERY),
        requested("a friend who hides", FeatureStories::hide)
            .cleanedBy(friends -> show(friends, "FRIENDS")),
        GrantStory.of(SOCKET, "typing", FeatureStories::type),
        requested("receipts", FeatureStories::receipts),
        requested("a message that changes", FeatureStories::change),
        requested("marks", FeatureStories::marks),
        requested("a group", FeatureStories::group),
        requested("what one does alone", FeatureStories::alone));
  }

  /** A story of requests; what they tell reaches phones even if HttpFunction cannot post. */
  private static GrantStory requested(String name, Consumer<Friends> plot) {
    return GrantStory.of(HTTP, name, plot).whoeverPosts();
  }

  private static void profile(Friends friends) {
    try (Phone bens = friends.ben().phone()) {
      friends.ann().api().patch("/users/me", Map.of("aboutMe", "Here")).require(200);
      bens.awaitEvent("user:updated");
    }
  }

  private static void block(Friends friends) {
    try (Phone anns = friends.ann().phone()) {
      friends.ann().block(friends.ben()).require(200);
      anns.awaitEvent("user:blocked");
      friends.ann().unblock(friends.ben()).requireDone();
      anns.awaitEvent("user:unblocked");
    }
  }

  private static void comeAndGo(Friends friends) {
    Chat chat = friends.chat();
    try (Phone bens = friends.ben().phone()) {
      friends.ann().phone().close();
      assertThat(bens.awaitEvent("presence").data().path("online").asBoolean()).isTrue();
      Eventually.await("it has closed", () -> chat.aws().connectionsOf(friends.ann()).isEmpty());
      chat.awaitIdle(); // The note of it is written last.
      chat.clock().advance(Duration.ofSeconds(30));
      chat.runScheduled("KeepaliveFunction", chat.clock().instant());
      assertThat(bens.awaitCount("presence", 2).getLast().data().path("online").asBoolean())
          .isFalse();
      assertThat(chat.aws().items().toString()).as("the note").doesNotContain("left#");
    }
  }

  private static void hide(Friends friends) {
    try (Phone bens = friends.ben().phone();
        Phone _ = friends.ann().phone()) {
      bens.awaitCount("presence", 1);
      show(friends, "NOBODY").require(200);
      bens.awaitCount("presence", 2);
      show(friends, "FRIENDS").require(200);
      bens.awaitCount("presence", 3);
      assertThat(friends.ben().list("/friends/presence").getFirst().path("online").asBoolean())
          .isTrue();
    }
  }

  private static Response show(Friends friends, String presence) {
    return friends.ann().api().patch(SETTINGS, Map.of("presence", presence));
  }

  private static void type(Friends friends) {
    try (Phone anns = TypingTest.joined(friends.ann(), friends.conversation());
        Phone bens = TypingTest.joined(friends.ben(), friends.conversation())) {
      TypingTest.type(anns, friends.conversation(), true).acked();
      bens.awaitEvent("typing");
    }
  }

  private static void receipts(Friends friends) {
    JsonNode sent = friends.ann().send(friends.conversation(), "read me").require(201);
    Map<String, Long> progress = Map.of("readSeq", sent.at("/message/seq").asLong());
    try (Phone anns = friends.ann().phone()) {
      Receipts.move(friends.ben(), friends.conversation(), progress).require(200);
      anns.awaitEvent("message:read");
    }
  }

  private static void change(Friends friends) {
    String message = friends.ann().sent(friends.conversation(), "helo");
    try (Phone bens = friends.ben().phone()) {
      friends.ann().edit(message, "hello").require(200);
      bens.awaitEvent("message:updated");
      friends.ann().delete(message).require(200);
      bens.awaitCount("message:updated", 2);
    }
  }

  private static void marks(Friends friends) {
    String message = friends.ben().sent(friends.conversation(), "mark me");
    Api ann = friends.ann().api();
    try (Phone anns = friends.ann().phone()) {
      ann.put("/messages/" + message + "/reactions", Map.of("emojis", List.of("👍"))).require(200);
      anns.awaitEvent("message:reaction");
      ann.put("/messages/" + message + "/pin").require(200);
      anns.awaitEvent("conversation:pins");
      ann.put("/messages/" + message + "/star").require(200);
      anns.awaitEvent("message:starred");
      ann.delete("/messages/" + message + "/pin").requireDone();
    }
  }

  private static void group(Friends friends) {
    Api ann = friends.ann().api();
    String group = Team.make(friends.ann(), "Team", friends.ben()).require(201).path("id").asText();
    String invites = "/groups/" + group + "/invites";
    try (Phone bens = TypingTest.joined(friends.ben(), group)) {
      ann.delete("/groups/" + group + "/members/" + friends.ben().id()).requireDone();
      bens.awaitEvent("conversation:removed");
      assertThat(friends.chat().aws().items().toString())
          .as("whom the others' typing is shown to")
          .doesNotContain("conversation#" + group);
      String token = ann.post(invites, Map.of()).require(201).path("token").asText();
      ann.post("/invites/preview", Map.of("token", token)).require(200);
    }
  }

  private static void alone(Friends friends) {
    Api ann = friends.ann().api();
    ann.get("/messages/search?q=hello").require(200);
    ann.get("/sync").require(200);
    ann.patch("/conversations/" + friends.conversation(), Map.of("archived", false)).require(200);
  }
}
