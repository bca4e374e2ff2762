package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.local.lambda.Invocation;

/** The system stops and starts again, or its database does, in the middle of everything. */
@TestInstance(Lifecycle.PER_CLASS)
class InterruptionTest {
  private static final String TRANSACTION = "select cast(pg_current_xact_id() as text)";

  /** By how much the imported rows are ahead of this database's transactions. */
  private static final long IMPORTED = 1_000_000;

  private static final String UNAVAILABLE = "SERVICE_UNAVAILABLE";

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @Test
  void afterARestartTokensAndMessagesAreStillThereAndTheConversationGoesOn() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    Phone before = friends.ben().phone();
    friends.ann().send(conversation, "before").require(201);
    before.awaitMessage("before");
    Map<String, String> state = friends.ann().state();

    chat.restart();

    before.awaitClose();
    assertThat(friends.ann().state()).isEqualTo(state);
    assertThat(friends.ann().login().id()).isEqualTo(friends.ann().id());
    chat.clock().advance(Duration.ofMinutes(1));
    try (Phone after = friends.ben().phone()) {
      JsonNode sent = friends.ann().send(conversation, "after").require(201);
      assertThat(after.awaitMessage("after").data()).isEqualTo(sent);
      assertThat(sent.at("/message/seq").asLong()).isEqualTo(2);
      assertThat(after.say(conversation, "welcome back").acked().at("/message/seq").asLong())
          .isEqualTo(3);
      assertThat(chat.aws().connectionsOf(friends.ben()))
          .as("of the old connection nothing is left")
          .hasSize(1);
    }
    assertThat(friends.ann().contents(conversation))
        .containsExactly("welcome back", "after", "before");
    JsonNode tokens =
        chat.api()
            .post("/auth/refresh", Map.of("refreshToken", friends.ben().refreshToken()))
            .require(201);
    chat.api().as(tokens.path("accessToken").asText()).get("/friends").require(200);
  }

  @Test
  void aDatabaseThatWakesUpIsWaitedFor() {
    Friends friends = Friends.meet(chat);
    chat.pauseDatabase(Duration.ofSeconds(1));

    friends.ann().send(friends.conversation(), "good morning").require(201);

    assertThat(friends.ben().contents(friends.conversation())).containsExactly("good morning");
  }

  @Test
  void withoutItsDatabaseItAsksToTryAgainAndThenWorksWithNothingHalfDone() {
    Friends friends = Friends.meet(chat);
    Person stranger = Person.register(chat, "Stranger");
    String conversation = friends.conversation();
    friends.ann().send(conversation, "before").require(201);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      Map<String, String> state = friends.ann().state();

      chat.withoutDatabase(
          () -> {
            for (Response response :
                List.of(
                    friends.ann().send(conversation, "lost"),
                    friends.ann().api().get("/conversations"),
                    friends.ann().requestFriendship(stranger),
                    friends.ann().api().patch("/users/me", Map.of("name", "Lost")),
                    chat.api()
                        .post(
                            "/auth/login",
                            Map.of("email", friends.ann().email(), "password", Person.PASSWORD)),
                    chat.api().get("/health"))) {
              response.mustRefuse(503, UNAVAILABLE);
              assertThat(response.headers().firstValue("retry-after")).isPresent();
            }
            anns.say(conversation, "lost").mustRefuse(UNAVAILABLE);
            anns.request("join_conversation", conversation).mustRefuse(UNAVAILABLE);
            assertThat(anns.isOpen()).isTrue();
          });

      assertThat(friends.ann().state()).isEqualTo(state);
      chat.api().get("/health").require(200);
      assertThat(anns.say(conversation, "found").acked().at("/message/seq").asLong()).isEqualTo(2);
      bens.awaitMessage("found");
      assertThat(bens.received("message:new")).hasSize(1);
      assertThat(friends.ben().contents(conversation)).containsExactly("found", "before");
    }
  }

  @Test
  void whenItsDatabaseCrashesAmongSendsEveryAcknowledgedMessageIsStoredOnce() {
    Friends friends = Friends.meet(chat);
    AtomicBoolean sending = new AtomicBoolean(true);
    CountDownLatch underWay = new CountDownLatch(20);
    Callable<List<String>> crash =
        () -> {
          underWay.await();
          chat.withoutDatabase(() -> chat.api().get("/health").mustRefuse(503, UNAVAILABLE));
          chat.api().get("/health").require(200);
          sending.set(false);
          return List.of();
        };
    List<Callable<List<String>>> tasks = new ArrayList<>(List.of(crash));
    for (int i = 0; i < 4; i++) {
      String name = "sender " + i;
      tasks.add(() -> sendWhile(sending, underWay, friends, name));
    }

    List<String> acknowledged = Together.run(tasks).stream().flatMap(List::stream).toList();

    List<JsonNode> stored = friends.ben().history(friends.conversation());
    assertThat(friends.ben().contents(friends.conversation()))
        .doesNotHaveDuplicates()
        .containsAll(acknowledged);
    assertThat(stored)
        .extracting(message -> message.path("seq").asLong())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, stored.size()).boxed().toList().reversed());
  }

  @Test
  void afterACrashThatMakesTheDatabaseCountAgainACursorMissesNothing() {
    Friends friends = Friends.meet(chat);
    Mirror bens = new Mirror(friends.ben());
    try (Database database = chat.openDatabase()) {
      long burnt;
      long next;
      int crashes = 0;
      do {
        database.run("checkpoint");
        bens.catchUp(50);
        burnt = burn(database);
        bens.catchUp(50);
        chat.withoutDatabase(() -> {});
        friends.ann().send(friends.conversation(), "after a crash").require(201);
        next = Long.parseLong(database.run(TRANSACTION).getFirst());
        crashes++;
        // On a slow machine Postgres may write the trace of an undone transaction before it
        // crashes.
      } while (next > burnt && crashes < 10);

      assertThat(next)
          .as("the transaction of the message had a number that was used before")
          .isLessThanOrEqualTo(burnt);
    }
    bens.catchUp(50);
    bens.mustBeUpToDate();
  }

  /** As a dump and its restore, or logical replication, do: the rows keep their numbers. */
  @Test
  void afterAnImportThatMakesTheDatabaseCountAnewClientsStartOverAndMissNothing() {
    Friends friends = Friends.meet(chat);
    String cursor = cursor(friends.ben().api().get("/sync"));
    try (Database database = chat.openDatabase()) {
      database.run(
          "update feed set xid = cast(cast(cast(cast(xid as text) as bigint) + %d as text) as xid8)"
              .formatted(IMPORTED));
    }
    friends.ann().send(friends.conversation(), "after the import").require(201);

    JsonNode page = friends.ben().api().get("/sync?cursor=" + imported(cursor)).require(200);

    assertThat(page.path("reset").asBoolean()).isTrue();
    assertThat(page.path("items").toString()).contains("after the import");
    mustGoOn(friends, cursor(friends.ben().api().get("/sync")));
  }

  @Test
  void anOperatorRestartsTheFeedAfterAnImportThatNothingShows() {
    Friends friends = Friends.meet(chat);
    String cursor = cursor(friends.ben().api().get("/sync"));
    Invocation ran = chat.invoke(chat.function(GrantStories.MIGRATION), "{\"restartFeed\":true}");

    assertThat(new String(ran.payload(), StandardCharsets.UTF_8)).contains("\"restartFeed\":true");
    JsonNode page = friends.ben().api().get("/sync?cursor=" + cursor).require(200);
    assertThat(page.path("reset").asBoolean()).isTrue();
    mustGoOn(friends, cursor(friends.ben().api().get("/sync")));
    Invocation again = chat.invoke(chat.function(GrantStories.MIGRATION), "{}");
    assertThat(new String(again.payload(), StandardCharsets.UTF_8))
        .contains("\"restartFeed\":false");
  }

  private static void mustGoOn(Friends friends, String cursor) {
    friends.ann().send(friends.conversation(), "life goes on").require(201);
    JsonNode page = friends.ben().api().get("/sync?cursor=" + cursor).require(200);
    assertThat(page.path("reset").asBoolean()).isFalse();
    assertThat(page.path("items").toString()).contains("life goes on");
  }

  private static String cursor(Response response) {
    JsonNode page = response.require(200);
    assertThat(page.path("hasMore").asBoolean()).isFalse();
    return page.path("cursor").asText();
  }

  /** The cursor that a client of the imported database had. */
  private static String imported(String cursor) {
    String[] position =
        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1)
            .split(":", 2);
    String moved = Long.parseLong(position[0]) + IMPORTED + ":" + position[1];
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(moved.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Uses up numbers of transactions that leave no trace; gives the last of them. */
  private static long burn(Database database) {
    long burnt = 0;
    for (int i = 0; i < 20; i++) {
      String transaction = database.begin();
      burnt = Long.parseLong(database.run(TRANSACTION, transaction).getFirst());
      database.rollBack(transaction);
    }
    return burnt;
  }

  /** Sends one message after another, each once, and gives those that were acknowledged. */
  private static List<String> sendWhile(
      AtomicBoolean sending, CountDownLatch underWay, Friends friends, String name) {
    List<String> acknowledged = new ArrayList<>();
    for (int i = 0; sending.get() && i < 1_000; i++) {
      String content = name + ", message " + i;
      Response response = friends.ann().send(friends.conversation(), content);
      if (response.status() == 201) {
        acknowledged.add(content);
      } else {
        response.mustRefuse(503, UNAVAILABLE);
      }
      underWay.countDown();
    }
    return acknowledged;
  }
}
