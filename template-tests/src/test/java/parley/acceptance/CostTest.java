package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.cost.CostPage;
import parley.cost.Story;
import parley.local.usage.Meter;

/**
 * What AWS would bill for what people do. docs/cost.md has the counts, and any other number of
 * calls than the page has fails here.
 */
@ExtendWith(SharedChat.class)
class CostTest {
  private final Chat chat;
  private final Map<Story, Map<Meter, Double>> stories = new EnumMap<>(Story.class);

  CostTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeEach
  void othersHaveGone() {
    chat.awaitSilence();
  }

  @Test
  void theCostPageSaysWhatEveryStoryUses() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    Map<String, String> registration =
        Map.of("email", "new." + ann.email(), "password", Person.PASSWORD, "name", "New");
    tell(Story.REGISTER, () -> chat.api().post("/auth/register", registration).require(201));
    tell(
        Story.LOG_IN,
        () ->
            chat.api()
                .post("/auth/login", Map.of("email", ann.email(), "password", Person.PASSWORD))
                .require(201));
    tell(
        Story.REFRESH,
        () ->
            chat.api()
                .post("/auth/refresh", Map.of("refreshToken", ann.refreshToken()))
                .require(201));
    tell(
        Story.BEFRIEND,
        () -> {
          ann.befriend(ben);
          ann.converse(ben);
        });
    sendAndRead(new Friends(ann, ben, ann.converse(ben)));

    assertThat(stories).containsOnlyKeys(Story.values());
    CostPage.checkStories(stories);
  }

  private void sendAndRead(Friends friends) {
    List<Phone> bens = new ArrayList<>();
    try (Phone anns = friends.ann().phone()) {
      tell(Story.SEND_AWAY, () -> anns.say(friends.conversation(), "away").acked());
      tell(Story.CONNECT, () -> bens.add(friends.ben().phone()));
      tell(
          Story.SEND_LIVE,
          () -> {
            anns.say(friends.conversation(), "live").acked();
            bens.getFirst().awaitMessage("live");
            anns.awaitMessage("live");
          });
      tell(
          Story.DISCONNECT,
          () -> {
            bens.getFirst().close();
            Eventually.await("it is gone", () -> chat.aws().connectionsOf(friends.ben()).isEmpty());
          });
    } finally {
      bens.forEach(Phone::close);
    }
    String cursor = friends.ben().api().get("/sync").require(200).path("cursor").asText();
    for (int i = 0; i < 20; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }
    tell(Story.CATCH_UP, () -> friends.ben().api().get("/sync?cursor=" + cursor).require(200));
    tell(Story.CONVERSATIONS, () -> friends.ben().list("/conversations"));
    tell(
        Story.HISTORY,
        () -> friends.ben().list("/messages?conversationId=" + friends.conversation()));
  }

  @Test
  void anHourInWhichNobodyIsConnectedNeverWakesTheDatabase() {
    chat.pass(Duration.ofMinutes(2)); // What others left to be tidied up is tidied up.
    int hour = chat.clock().instant().atZone(ZoneOffset.UTC).getHour();
    if (hour == 2 || hour == 3) {
      chat.clock().advance(Duration.ofHours(2)); // Once a day, at three, old things are forgotten.
    }

    Map<Meter, Double> usage = chat.used(() -> chat.pass(Duration.ofHours(1)));

    assertThat(usage).doesNotContainKey(Meter.DATA_API_REQUESTS);
    CostPage.checkIdle(usage);
  }

  private void tell(Story story, Runnable action) {
    stories.put(story, chat.used(action));
  }
}
