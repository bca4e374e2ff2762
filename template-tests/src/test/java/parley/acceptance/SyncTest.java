package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Catching up with one cursor. */
@ExtendWith(SharedChat.class)
class SyncTest {
  private final Chat chat;

  SyncTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void withoutACursorItGivesAllThereIsAndThenOnlyWhatHappensSince() {
    Friends friends = Friends.meet(chat);
    Person carl = Person.register(chat, "Carl");
    carl.requestFriendship(friends.ann()).require(201);
    friends.ann().requestFriendship(Person.register(chat, "Dora")).require(201);
    friends.ben().send(friends.conversation(), "before").require(201);
    Mirror anns = new Mirror(friends.ann());

    List<JsonNode> start = anns.catchUp(100);

    assertThat(start).hasSize(1);
    assertThat(start.getFirst().path("reset").asBoolean()).isTrue();
    assertThat(types(start))
        .containsExactly("CONVERSATION", "MESSAGE", "FRIEND", "FRIEND_REQUEST", "FRIEND_REQUEST");
    anns.mustBeUpToDate();
    assertThat(anns.page(100).path("items")).isEmpty();
    friends.ben().send(friends.conversation(), "after").require(201);
    JsonNode page = anns.page(100);
    assertThat(page.path("reset").asBoolean()).isFalse();
    assertThat(items(List.of(page)))
        .extracting(item -> item.path("data"))
        .containsExactly(friends.ann().history(friends.conversation()).getFirst());
    anns.mustBeUpToDate();
  }

  @Test
  void everythingThatHappensIsToldToEverybodyWhomItConcernsAndToNobodyElse() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    Mirror anns = new Mirror(ann);
    Mirror bens = new Mirror(ben);
    Mirror strangers = new Mirror(Person.register(chat, "Stranger"));
    List<Mirror> mirrors = List.of(anns, bens, strangers);
    mirrors.forEach(mirror -> mirror.catchUp(50));

    String rejected = ann.requestFriendship(ben).require(201).path("id").asText();
    mirrors.forEach(mirror -> mirror.catchUp(50));
    mirrors.forEach(Mirror::mustBeUpToDate);
    ben.respond(rejected, "REJECT").require(201);
    mirrors.forEach(mirror -> mirror.catchUp(50));
    assertThat(anns.known("FRIEND_REQUEST").values())
        .extracting(request -> request.path("status").asText())
        .containsExactly("REJECTED");
    String again = ben.requestFriendship(ann).require(201).path("id").asText();
    ann.respond(again, "ACCEPT").require(201);
    String conversation = ann.converse(ben);
    ann.send(conversation, "hello").require(201);
    mirrors.forEach(mirror -> mirror.catchUp(50));

    mirrors.forEach(Mirror::mustBeUpToDate);
    assertThat(anns.messages(conversation)).hasSize(1);
    assertThat(bens.messages(conversation)).hasSize(1);
    assertThat(strangers.known("MESSAGE")).isEmpty();
    assertThat(strangers.known("FRIEND_REQUEST")).isEmpty();
  }

  @Test
  void anotherAccountsCursorShowsNothingOfTheOtherAccount() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    friends.ann().send(friends.conversation(), "secret").require(201);
    Person stranger = Person.register(chat, "Stranger");

    JsonNode page = stranger.api().get("/sync?cursor=" + anns.cursor()).require(200);

    assertThat(page.path("items")).isEmpty();
  }

  @Test
  void onePageAfterTheOtherGivesEverythingOnceInTheOrderOfSeq() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    for (int i = 1; i <= 7; i++) {
      friends.ben().send(friends.conversation(), "message " + i).require(201);
    }

    List<JsonNode> pages = anns.catchUp(3);

    assertThat(pages).extracting(page -> items(List.of(page)).size()).containsExactly(3, 3, 1);
    assertThat(items(pages))
        .extracting(item -> Mirror.seq(item.path("data")))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void aRetryIsNothingNew() {
    Friends friends = Friends.meet(chat);
    Map<String, String> draft =
        Map.of("conversationId", friends.conversation(), "content", "hi", "clientId", "c-1");
    friends.ann().api().post("/messages", draft).require(201);
    Mirror bens = new Mirror(friends.ben());
    bens.catchUp(50);

    friends.ann().api().post("/messages", draft).require(201);

    assertThat(bens.page(50).path("items")).isEmpty();
  }

  @Test
  void whatAnEarlierTransactionCommitsLateIsNotSkippedAndDelaysNothing() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    catchUpWithAll(anns);
    try (Database database = chat.openDatabase()) {
      String slow = beginFeeding(database, friends);
      friends.ben().send(friends.conversation(), "meanwhile").require(201);

      assertThat(types(anns.catchUp(50))).containsExactly("MESSAGE");
      assertThat(types(anns.catchUp(50))).as("as long as it runs").containsExactly("MESSAGE");
      database.commit(slow);

      assertThat(types(anns.catchUp(50))).containsExactly("FRIEND", "MESSAGE");
      assertThat(types(anns.catchUp(50))).isEmpty();
    }
  }

  @Test
  void ofMoreThanAPageThatAnEarlierTransactionIsBeforeNothingIsDelayed() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    catchUpWithAll(anns);
    try (Database database = chat.openDatabase()) {
      String slow = beginFeeding(database, friends);
      for (int i = 1; i <= 5; i++) {
        friends.ben().send(friends.conversation(), "message " + i).require(201);
      }

      for (int times = 1; times <= 2; times++) {
        List<JsonNode> pages = List.of(anns.page(2), anns.page(2), anns.page(2));

        assertThat(seqs(pages)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(pages)
            .extracting(page -> page.path("hasMore").asBoolean())
            .containsExactly(true, true, false);
      }
      JsonNode first = anns.page(2);
      database.commit(slow);
      assertThat(seqs(anns.catchUp(2))).as("the pages of before").containsExactly(3L, 4L, 5L);

      assertThat(items(List.of(first))).hasSize(2);
      List<JsonNode> all = anns.catchUp(2);
      assertThat(types(all)).startsWith("FRIEND");
      assertThat(seqs(all)).containsExactly(1L, 2L, 3L, 4L, 5L);
      anns.mustBeUpToDate();
    }
  }

  @Test
  void manyWritersAtOnceAreReadWithoutAGapInTheOrderOfSeq() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    anns.catchUp(50);
    int writers = 12;
    int total = 120;
    int each = total / writers;
    AtomicBoolean writing = new AtomicBoolean(true);
    List<JsonNode> pages = new ArrayList<>();
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(
        () -> {
          while (writing.get()) {
            pages.addAll(anns.catchUp(7));
          }
          return null;
        });
    tasks.add(
        () -> {
          try {
            Together.run(
                IntStream.range(0, writers)
                    .mapToObj(
                        writer ->
                            (Callable<Void>)
                                () -> {
                                  for (int i = 0; i < each; i++) {
                                    friends.ben().send(friends.conversation(), "x").require(201);
                                  }
                                  return null;
                                })
                    .toList());
          } finally {
            writing.set(false);
          }
          return null;
        });

    Together.run(tasks);
    pages.addAll(anns.catchUp(7));

    anns.mustBeUpToDate();
    List<Long> inOrder =
        items(pages).stream().map(item -> Mirror.seq(item.path("data"))).distinct().toList();
    assertThat(inOrder)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, total).boxed().toList());
  }

  @Test
  void aStartThatIsReadWhileOthersWriteEndsUpToDate() {
    Person ann = Person.register(chat, "Ann");
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Person friend = Person.register(chat, "Friend");
      ann.befriend(friend);
      conversations.add(ann.converse(friend));
    }
    Mirror anns = new Mirror(ann);

    anns.page(1);
    conversations.forEach(conversation -> ann.send(conversation, "meanwhile").require(201));
    Person late = Person.register(chat, "Late");
    ann.befriend(late);
    ann.send(ann.converse(late), "late").require(201);
    List<JsonNode> pages = anns.catchUp(1);

    assertThat(pages).noneMatch(page -> page.path("reset").asBoolean());
    anns.mustBeUpToDate();
  }

  @Test
  void aConversationComesWithItsNewest20MessagesTheOldestFirst() {
    Friends friends = Friends.meet(chat);
    for (int i = 1; i <= 22; i++) {
      friends.ann().send(friends.conversation(), "message " + i).require(201);
    }
    Mirror bens = new Mirror(friends.ben());

    List<JsonNode> start = bens.catchUp(50);

    assertThat(items(start))
        .filteredOn(item -> item.path("type").asText().equals("MESSAGE"))
        .extracting(item -> Mirror.seq(item.path("data")))
        .containsExactlyElementsOf(LongStream.rangeClosed(3, 22).boxed().toList());
  }

  @Test
  void theLongestContentsFitAtAnyLimit() {
    Person ann = Person.register(chat, "Ann");
    // JSON writes it in six characters, the most that there are.
    String longest = "\u0001".repeat(3_999) + "x";
    for (int i = 0; i < 4; i++) {
      Person friend = Person.register(chat, "Friend");
      ann.befriend(friend);
      String conversation = ann.converse(friend);
      Mirror before = new Mirror(ann);
      before.catchUp(100);
      Together.run(
          IntStream.range(0, 30)
              .mapToObj(
                  message ->
                      (Callable<JsonNode>) () -> ann.send(conversation, longest).require(201))
              .toList());
      assertThat(items(before.catchUp(100))).hasSize(30);
      before.mustBeUpToDate();
    }
    Mirror anns = new Mirror(ann);

    List<JsonNode> pages = anns.catchUp(100);

    assertThat(anns.known("CONVERSATION")).hasSize(4);
    assertThat(anns.known("MESSAGE")).hasSize(4 * 20);
    assertThat(pages).hasSizeGreaterThan(1);
    anns.mustBeUpToDate();
  }

  @Test
  void whatWasNeverACursorIsRefused() {
    Person ann = Person.register(chat, "Ann");
    for (String cursor :
        List.of("x", "%20", "NzQyOjdhMGM", "7", "01934b60-10a4-7d11-8f5e-1a2b3c4d5e6f")) {
      ann.api().get("/sync?cursor=" + cursor).mustRefuse(400, "INVALID_CURSOR");
    }
    for (String limit : List.of("0", "101", "-1", "many")) {
      ann.api().get("/sync?limit=" + limit).mustRefuse(400, "VALIDATION_FAILED");
    }
  }

  /** All items but for people, who come beyond the limit before what names them. */
  private static List<JsonNode> items(List<JsonNode> pages) {
    return pages.stream()
        .flatMap(page -> Json.items(page.path("items")).stream())
        .filter(item -> !item.path("type").asText().equals("USER"))
        .toList();
  }

  /** Of the messages among the items. */
  private static List<Long> seqs(List<JsonNode> pages) {
    return items(pages).stream()
        .filter(item -> item.path("type").asText().equals("MESSAGE"))
        .map(item -> Mirror.seq(item.path("data")))
        .toList();
  }

  /** Any transaction under way, Postgres' own too, has what came after it given again. */
  private static void catchUpWithAll(Mirror mirror) {
    Eventually.await("all is settled", () -> types(mirror.catchUp(50)).isEmpty());
  }

  /** A transaction that has told Ann of Ben and is not committed yet. */
  private static String beginFeeding(Database database, Friends friends) {
    String transaction = database.begin();
    database.run(
        "insert into feed (audience, type, entity) values ('%s', 'FRIEND', '%s')"
            .formatted(friends.ann().id(), friends.ben().id()),
        transaction);
    return transaction;
  }

  private static List<String> types(List<JsonNode> pages) {
    return items(pages).stream().map(item -> item.path("type").asText()).toList();
  }
}
