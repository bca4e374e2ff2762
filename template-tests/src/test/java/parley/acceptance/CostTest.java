package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.cost.CostPage;
import parley.cost.Story;
import parley.local.usage.Meter;

/**
 * What AWS would bill for what people do. docs/cost.md has the counts, and any other number of
 * calls than the page has fails here.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CostTest {
  private final Chat chat = Chat.start();
  private final Map<Story, Map<Meter, Double>> stories = new EnumMap<>(Story.class);

  @AfterAll
  void stop() {
    chat.close();
  }

  @BeforeEach
  void othersHaveGone() {
    chat.awaitSilence();
  }

  @Test
  void theCostPageSaysWhatEveryStoryUses() {
    avoidTheNight();
    Team team = Team.meet(chat);
    team.crowd(7);
    Friends friends = new Friends(team.ann(), team.ben(), team.ann().converse(team.ben()));
    accounts(team.ann());
    connect(friends);
    read(friends);
    send(friends, team);
    change(friends);
    alone(friends, team);

    assertThat(stories).containsOnlyKeys(Story.values());
    CostPage.checkStories(stories);
  }

  private void accounts(Person ann) {
    Map<String, String> registration =
        Map.of("email", "new." + ann.email(), "password", Person.PASSWORD, "name", "New");
    Map<String, String> login = Map.of("email", ann.email(), "password", Person.PASSWORD);
    Map<String, String> refresh = Map.of("refreshToken", ann.refreshToken());
    tell(Story.REGISTER, () -> chat.api().post("/auth/register", registration).require(201));
    tell(Story.LOG_IN, () -> chat.api().post("/auth/login", login).require(201));
    tell(Story.REFRESH, () -> chat.api().post("/auth/refresh", refresh).require(201));
    Person one = Person.register(chat, "One");
    Person other = Person.register(chat, "Other");
    tell(
        Story.BEFRIEND,
        () -> {
          one.befriend(other);
          one.converse(other);
        });
  }

  /** Ben comes and goes while Ann is there. */
  private void connect(Friends friends) {
    Person ben = friends.ben();
    String cursor = ben.api().get("/sync").require(200).path("cursor").asText();
    warmUp(friends.ann());
    try (Phone anns = friends.ann().phone()) {
      Map<Meter, Double> idle = chat.used(() -> chat.pass(Duration.ofMinutes(1)));
      List<Phone> bens = new ArrayList<>();
      tell(Story.CONNECT_FIRST, () -> bens.add(ben.phone()));
      tell(Story.CONNECT_ANOTHER, () -> bens.add(ben.phone()));
      bens.removeLast().close();
      Eventually.await("it is gone", () -> chat.aws().connectionsOf(ben).size() == 1);
      tell(Story.DISCONNECT, () -> leave(bens.removeLast(), ben));
      tell(
          Story.RECONNECT,
          () -> {
            bens.add(ben.phone());
            ben.api().get("/sync?cursor=" + cursor).require(200);
          });
      leave(bens.removeLast(), ben);
      Map<Meter, Double> minute = chat.used(() -> chat.pass(Duration.ofMinutes(1)));
      idle.forEach((meter, units) -> minute.merge(meter, -units, Double::sum));
      minute.values().removeIf(units -> units == 0);
      stories.put(Story.GO_OFFLINE, minute);
      tell(Story.CONNECT, () -> bens.add(ben.phone()));
      leave(bens.removeLast(), ben);
      chat.pass(Duration.ofMinutes(1));
      List<RawSocket> sockets = new ArrayList<>();
      tell(Story.CONNECT_SOCKET_IO, () -> sockets.add(RawSocket.connectedAtFirstTry(chat, ben)));
      anns.awaitCount("presence", 5);
      sockets.getFirst().close();
    }
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
  }

  /** A function reads the secret that signs when it is first asked whose a token is. */
  private void warmUp(Person person) {
    RawSocket.connected(chat, person).close();
    chat.awaitSilence();
    chat.pass(Duration.ofMinutes(1));
  }

  private void leave(Phone phone, Person person) {
    phone.close();
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(person).isEmpty());
    // By then it is noted that they left, of which the next minute tells.
    chat.awaitIdle();
  }

  private void read(Friends friends) {
    Api ben = friends.ben().api();
    String cursor = ben.get("/sync").require(200).path("cursor").asText();
    for (int i = 0; i < 20; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }
    tell(Story.CATCH_UP, () -> ben.get("/sync?cursor=" + cursor).require(200));
    tell(Story.CONVERSATIONS, () -> ben.get("/conversations").require(200));
    tell(
        Story.HISTORY,
        () -> ben.get("/messages?conversationId=" + friends.conversation()).require(200));
    tell(Story.PRESENCE, () -> ben.get("/friends/presence").require(200));
    tell(Story.SEARCH, () -> ben.get("/messages/search?q=message").require(200));
  }

  private void send(Friends friends, Team team) {
    String conversation = friends.conversation();
    try (Phone anns = friends.ann().phone()) {
      tell(Story.SEND_AWAY, () -> anns.say(conversation, "away").acked());
      try (Phone bens = friends.ben().phone()) {
        tell(Story.JOIN, () -> anns.request("join_conversation", conversation).acked());
        bens.request("join_conversation", conversation).acked();
        tell(Story.TYPING, () -> TypingTest.type(anns, conversation, true).acked());
        tell(Story.SEND_LIVE, () -> anns.say(conversation, "live").acked());
        tell(Story.SEND_HTTP, () -> friends.ann().sent(conversation, "HTTP"));
        bens.awaitMessage("HTTP");
        try (Phone _ = team.cem().phone()) {
          tell(Story.SEND_GROUP, () -> anns.say(team.id(), "all").acked());
          tell(
              Story.GROUP, () -> Team.make(team.ann(), "New", team.ben(), team.cem()).require(201));
        }
        bens.awaitMessage("all");
      }
    }
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
    try (RawSocket anns = RawSocket.connected(chat, friends.ann());
        RawSocket bens = RawSocket.connected(chat, friends.ben())) {
      String draft = Json.write(Map.of("conversationId", conversation, "content", "packet"));
      tell(
          Story.SEND_SOCKET_IO,
          () -> {
            anns.send("421[\"send_message\"," + draft + "]");
            anns.await("431[");
            bens.await("42[\"message:new\"");
          });
    }
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
  }

  /** What is done with a message that was sent, while both are there. */
  private void change(Friends friends) {
    String message = friends.ann().sent(friends.conversation(), "helo");
    String path = "/messages/" + message;
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      Map<String, Object> read =
          Map.of("conversationId", friends.conversation(), "seq", lastSeq(friends));
      tell(Story.RECEIPT, () -> bens.request("message_read", read).acked());
      anns.awaitEvent("message:read");
      Map<String, Object> reaction = Map.of("messageId", message, "emojis", List.of("👍"));
      tell(Story.REACT, () -> bens.request("react", reaction).acked());
      Map<String, Object> edit = Map.of("messageId", message, "content", "hello");
      tell(Story.EDIT, () -> anns.request("edit_message", edit).acked());
      Map<String, Object> forward =
          Map.of("messageId", message, "conversationIds", List.of(friends.conversation()));
      tell(Story.FORWARD, () -> anns.request("forward_message", forward).acked());
      tell(Story.PIN, () -> friends.ann().api().put(path + "/pin").require(200));
      tell(Story.STAR, () -> friends.ann().api().put(path + "/star").require(200));
      tell(
          Story.DELETE, () -> anns.request("delete_message", Map.of("messageId", message)).acked());
      bens.awaitCount("message:updated", 2);
    }
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
  }

  private static long lastSeq(Friends friends) {
    return friends.ben().history(friends.conversation()).getFirst().path("seq").asLong();
  }

  private void alone(Friends friends, Team team) {
    Api ann = friends.ann().api();
    String path = "/conversations/" + friends.conversation();
    tell(Story.SETTINGS, () -> ann.patch(path, Map.of("archived", true)).require(200));
    try (Phone _ = friends.ben().phone()) {
      Map<String, String> picture = Map.of("profileImage", "https://example.org/ann.png");
      tell(Story.PROFILE, () -> ann.patch("/users/me", picture).require(200));
    }
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
    tell(Story.BLOCK, () -> team.ann().block(team.cem()).require(200));
  }

  /** Once a day, at three, old things are forgotten. */
  private void avoidTheNight() {
    int hour = chat.clock().instant().atZone(ZoneOffset.UTC).getHour();
    if (hour == 2 || hour == 3) {
      chat.clock().advance(Duration.ofHours(2));
    }
  }

  @Test
  void anHourInWhichNobodyIsConnectedNeverWakesTheDatabase() {
    avoidTheNight();

    Map<Meter, Double> usage = chat.used(() -> chat.pass(Duration.ofHours(1)));

    assertThat(usage).doesNotContainKey(Meter.DATA_API_REQUESTS);
    CostPage.checkIdle(usage);
  }

  private void tell(Story story, Runnable action) {
    stories.put(story, chat.used(action));
  }
}
