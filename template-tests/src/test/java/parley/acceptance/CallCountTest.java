package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.local.aws.CallLedger;

/**
 * What requests cost, in calls of AWS services, on a system of its own: where others have been,
 * DeliveryFunction may still try to reach those of their connections that are gone.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CallCountTest {
  private static final String SQL = "rds-data:ExecuteStatement";
  private static final String READ = "dynamodb:BatchGetItem";
  private static final String WRITE = "dynamodb:UpdateItem";
  private static final String PUT = "dynamodb:PutItem";
  private static final String DELETE = "dynamodb:DeleteItem";
  private static final String GET = "dynamodb:GetItem";
  private static final String QUERY = "dynamodb:Query";
  private static final String INVOKE = "lambda:InvokeFunction";
  private static final String POST = "execute-api:ManageConnections";

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @BeforeEach
  void othersHaveGone() {
    // The phones of earlier tests may still be taken from the table, which are calls too.
    chat.awaitSilence();
  }

  @Test
  void aSendOverHttpIsOneStatementAndOneReadWithANoteAroundThemAndAPostAConnection() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      assertThat(calls(() -> friends.ann().send(friends.conversation(), "counted").require(201)))
          .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L, POST, 2L));
      bens.awaitMessage("counted");
      anns.awaitMessage("counted");
    }
  }

  @Test
  void aSendOverASocketCostsThePostOfItsAckMore() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      assertThat(calls(() -> anns.say(friends.conversation(), "counted").acked()))
          .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L, POST, 3L));
      bens.awaitMessage("counted");
    }
  }

  @Test
  void aSendCostsNoMoreWhenOthersAreConnected() {
    Friends friends = Friends.meet(chat);
    List<Phone> others = new ArrayList<>();
    try (Phone bens = friends.ben().phone()) {
      for (int i = 0; i < 10; i++) {
        others.add(Person.register(chat, "Other").phone());
      }
      assertThat(calls(() -> friends.ann().send(friends.conversation(), "counted").require(201)))
          .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L, POST, 1L));
      bens.awaitMessage("counted");
    } finally {
      others.forEach(Phone::close);
    }
  }

  @Test
  void aSendToNobodyWhoIsConnectedPostsNothing() {
    Friends friends = Friends.meet(chat);

    assertThat(calls(() -> friends.ann().send(friends.conversation(), "counted").require(201)))
        .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L));
  }

  @Test
  void aSendUnderAClientIdIsOneStatementTooAndSoIsTheRefusalOfWhatHasDisappeared() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();

    assertThat(calls(() -> friends.ann().send(conversation, "counted", "c-1").require(201)))
        .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L));
    try (Database database = chat.openDatabase()) {
      database.run("delete from messages where conversation_id = '%s'".formatted(conversation));
    }
    assertThat(
            calls(
                () ->
                    friends
                        .ann()
                        .send(conversation, "counted", "c-1")
                        .mustRefuse(410, "MESSAGE_GONE")))
        .isEqualTo(Map.of(PUT, 1L, SQL, 1L, DELETE, 1L));
  }

  @Test
  void changingAMessageIsOneStatementAndOneRead() {
    Friends friends = Friends.meet(chat);
    String id =
        friends.ann().send(friends.conversation(), "helo").require(201).at("/message/id").asText();
    try (Phone bens = friends.ben().phone()) {
      assertThat(calls(() -> friends.ann().edit(id, "counted").require(200)))
          .isEqualTo(Map.of(SQL, 1L, READ, 1L, POST, 1L));
      assertThat(calls(() -> friends.ann().edit(id, "counted").require(200)))
          .as("no edit")
          .isEqualTo(Map.of(SQL, 1L));
      assertThat(calls(() -> friends.ann().deleteForMe(id).require(200)))
          .isEqualTo(Map.of(SQL, 1L, READ, 1L));
      bens.awaitEvent("message:updated");
    }
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(friends.ben()).isEmpty());
    String other =
        friends.ann().send(friends.conversation(), "oops").require(201).at("/message/id").asText();
    assertThat(calls(() -> friends.ann().delete(other).require(200)))
        .isEqualTo(Map.of(SQL, 1L, READ, 1L));
  }

  @Test
  void forwardingIsASendForEachCopyAndOneStatementBefore() {
    Friends friends = Friends.meet(chat);
    String group = Team.found(friends.ann());
    String id =
        friends.ann().send(friends.conversation(), "news").require(201).at("/message/id").asText();
    Map<String, Object> targets = Map.of("conversationIds", List.of(friends.conversation(), group));

    assertThat(
            calls(
                () ->
                    friends.ann().api().post("/messages/" + id + "/forward", targets).require(201)))
        .isEqualTo(Map.of(PUT, 2L, SQL, 3L, READ, 2L, DELETE, 2L));
  }

  @Test
  void aChangeOfAGroupIsOneStatementMoreThanReadingItAndOneRead() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    try (Phone bens = team.ben().phone()) {
      assertThat(calls(() -> team.change(team.ann(), Map.of("title", "Counted")).require(200)))
          .isEqualTo(Map.of(SQL, 2L, READ, 1L, POST, 1L));
      bens.awaitMessage(Sentence.of("{Ann} named the group “{Counted}”"));
      assertThat(calls(() -> team.add(team.ann(), dan).require(201)))
          .as("the newcomer is shown the group besides, and the others the newcomer's receipt")
          .isEqualTo(Map.of(SQL, 3L, READ, 2L, POST, 2L));
      assertThat(calls(() -> team.leave(dan).requireDone()))
          .as("with a note around it")
          .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 2L, POST, 1L, DELETE, 2L));
    }
  }

  @Test
  void aSendToAGroupCostsAsMuchAsOneToAFriend() {
    Team team = Team.meet(chat);
    try (Phone bens = team.ben().phone();
        Phone cems = team.cem().phone()) {
      assertThat(calls(() -> team.ann().send(team.id(), "counted").require(201)))
          .isEqualTo(Map.of(PUT, 1L, SQL, 1L, READ, 1L, DELETE, 1L, POST, 2L));
      bens.awaitMessage("counted");
      cems.awaitMessage("counted");
    }
  }

  @Test
  void settingsOfOnesOwnAreTwoStatementsAndOneRead() {
    Friends friends = Friends.meet(chat);
    String path = "/conversations/" + friends.conversation();

    assertThat(calls(() -> friends.ann().api().patch(path, Map.of("archived", true)).require(200)))
        .isEqualTo(Map.of(SQL, 2L, READ, 1L));
  }

  @Test
  void marksAreOneStatementEachAndOneReadIfAnybodyIsToldAndSearchingIsOneStatement() {
    Friends friends = Friends.meet(chat);
    Api ann = friends.ann().api();
    String message = friends.ben().sent(friends.conversation(), "counted");
    String path = "/messages/" + message;
    Map<String, ?> emojis = Map.of("emojis", List.of("👍"));
    Map<String, Long> told = Map.of(SQL, 1L, READ, 1L, POST, 1L);
    try (Phone anns = friends.ann().phone()) {
      assertThat(calls(() -> ann.put(path + "/reactions", emojis).require(200))).isEqualTo(told);
      assertThat(calls(() -> ann.put(path + "/reactions", emojis).require(200)))
          .as("nothing has changed")
          .isEqualTo(Map.of(SQL, 1L));
      assertThat(calls(() -> ann.put(path + "/pin").require(200))).isEqualTo(told);
      assertThat(calls(() -> ann.delete(path + "/pin").requireDone())).isEqualTo(told);
      assertThat(calls(() -> ann.put(path + "/star").require(200))).isEqualTo(told);
      assertThat(calls(() -> ann.delete(path + "/star").requireDone())).isEqualTo(told);
      anns.awaitCount("message:starred", 2);
    }
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(friends.ann()).isEmpty());
    chat.awaitIdle();
    for (String read :
        List.of(
            "/messages/search?q=counted",
            "/messages/starred",
            "/conversations/" + friends.conversation() + "/pins")) {
      assertThat(calls(() -> ann.get(read).require(200))).as(read).isEqualTo(Map.of(SQL, 1L));
    }
  }

  @Test
  void peopleAreOneStatementMoreOfAPageThatNamesThemAndNoneOfAnEmptyOne() {
    Friends friends = Friends.meet(chat);
    Mirror anns = new Mirror(friends.ann());
    Eventually.await(
        "all is settled",
        () -> anns.catchUp(50).stream().allMatch(page -> page.path("items").isEmpty()));

    assertThat(calls(() -> anns.page(50))).isEqualTo(Map.of(SQL, 1L));
    friends.ben().send(friends.conversation(), "counted").require(201);
    assertThat(calls(() -> anns.page(50)))
        .as("the feed, the message, and who wrote it")
        .isEqualTo(Map.of(SQL, 3L));
    assertThat(calls(() -> friends.ann().list("/users?ids=" + friends.ben().id())))
        .isEqualTo(Map.of(SQL, 1L));
    assertThat(calls(() -> friends.ann().history(friends.conversation())))
        .as("a page of history has its senders")
        .isEqualTo(Map.of(SQL, 1L));
  }

  @Test
  void aReceiptIsOneStatementAndIfItGrewOneRead() {
    Friends friends = Friends.meet(chat);
    Team team = Team.meet(chat);
    friends.ann().send(friends.conversation(), "counted").require(201);
    Runnable read =
        () ->
            Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 1)).require(200);
    try (Phone anns = friends.ann().phone()) {
      assertThat(calls(read)).isEqualTo(Map.of(SQL, 1L, READ, 1L, POST, 1L));
      anns.awaitEvent("message:read");
      assertThat(calls(read)).as("said again").isEqualTo(Map.of(SQL, 1L));
      assertThat(calls(() -> Receipts.read(friends.ann(), friends.conversation())))
          .isEqualTo(Map.of(SQL, 1L));
      Map<String, Object> item = Map.of("conversationId", team.id(), "deliveredSeq", 1);
      Map<String, Object> several = Map.of("receipts", List.of(item));
      assertThat(calls(() -> team.ben().api().post("/receipts", several).require(200)))
          .isEqualTo(Map.of(SQL, 1L, READ, 1L));
    }
  }

  @Test
  void connectingIsOneTransactionAndOneMoreWriteOfWhoIsOnline() {
    Person ann = Person.register(chat, "Ann");
    List<Phone> opened = new ArrayList<>();
    try {
      opened.add(ann.phone());
      assertThat(calls(() -> opened.add(ann.phone()))).isEqualTo(Map.of(PUT, 1L, WRITE, 2L));
    } finally {
      opened.forEach(Phone::close);
    }
  }

  @Test
  void comingOnlineLeavesTheTellingToAnotherFunctionWhichAsksPostgresNothing() {
    Friends friends = Friends.meet(chat);
    // A copy of a circle that is made within two minutes of a change does not last.
    chat.clock().advance(Duration.ofMinutes(2));
    List<Phone> opened = new ArrayList<>();
    try (Phone bens = friends.ben().phone()) {
      friends.ann().phone().close();
      Eventually.await("it is gone", () -> chat.aws().connectionsOf(friends.ann()).isEmpty());
      chat.awaitIdle();
      chat.pass(Duration.ofMinutes(2));
      chat.awaitIdle();
      assertThat(calls(() -> opened.add(friends.ann().phone())))
          .as("the friends' connections and the own state are a read each")
          .isEqualTo(Map.of(PUT, 1L, WRITE, 3L, INVOKE, 1L, GET, 1L, READ, 2L, POST, 1L));
      bens.awaitEvent("presence");
    } finally {
      opened.forEach(Phone::close);
    }
  }

  @Test
  void typingIsAWriteAndTwoReadsAndAPostAConnection() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = TypingTest.joined(friends.ann(), friends.conversation());
        Phone bens = TypingTest.joined(friends.ben(), friends.conversation())) {
      assertThat(calls(() -> TypingTest.type(anns, friends.conversation(), true).acked()))
          .isEqualTo(Map.of(WRITE, 1L, QUERY, 1L, GET, 1L, POST, 2L));
      assertThat(calls(() -> TypingTest.type(anns, friends.conversation(), true).acked()))
          .as("too soon")
          .isEqualTo(Map.of(WRITE, 1L, POST, 1L));
      bens.awaitEvent("typing");
    }
  }

  @Test
  void joiningIsOneStatementAndThreeWrites() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone()) {
      assertThat(calls(() -> anns.request("join_conversation", friends.conversation()).acked()))
          .isEqualTo(Map.of(SQL, 1L, WRITE, 3L, POST, 1L));
    }
  }

  @Test
  void joiningAndReadingAllIsTheSameStatementAndTheReadOfAReceipt() {
    Friends friends = Receipts.written(chat, 2);
    Map<String, Object> joining =
        Map.of("conversationId", friends.conversation(), "markRead", true);
    try (Phone bens = friends.ben().phone()) {
      assertThat(calls(() -> bens.request("join_conversation", joining).acked()))
          .as("the posts of what is read to this very device, and of the answer")
          .isEqualTo(Map.of(SQL, 1L, WRITE, 3L, READ, 1L, POST, 2L));
      assertThat(calls(() -> bens.request("join_conversation", joining).acked()))
          .as("nothing is new")
          .isEqualTo(Map.of(SQL, 1L, WRITE, 3L, POST, 1L));
      bens.awaitEvent("message:read");
    }
  }

  @Test
  void whoOfTheFriendsIsOnlineIsOneStatementAndOneRead() {
    Friends friends = Friends.meet(chat);
    assertThat(calls(() -> friends.ann().list("/friends/presence")))
        .isEqualTo(Map.of(SQL, 1L, READ, 1L));
  }

  @Test
  void aFrameNeedsNoLookUpOfWhoSentIt() {
    Person ann = Person.register(chat, "Ann");
    try (Phone anns = ann.phone()) {
      assertThat(calls(() -> anns.request("no_such_event", Map.of()).mustRefuse("UNKNOWN_EVENT")))
          .as("the post of the answer and nothing else")
          .isEqualTo(Map.of(POST, 1L));
    }
  }

  @Test
  void whatPeopleDoWithEachOtherIsOneStatementAndAReadForEachWhoIsToldSomethingElse() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    List<String> requests = new ArrayList<>();
    Runnable ask = () -> requests.add(ann.requestFriendship(ben).require(201).path("id").asText());

    assertThat(calls(ask)).isEqualTo(Map.of(SQL, 1L, READ, 1L));
    assertThat(calls(() -> ann.withdraw(requests.getLast()).requireDone()))
        .isEqualTo(Map.of(SQL, 1L, READ, 2L));
    ask.run();
    // The writes drop the copies of both circles, before what narrows them too.
    assertThat(calls(() -> ben.respond(requests.getLast(), "ACCEPT").require(201)))
        .isEqualTo(Map.of(SQL, 1L, READ, 2L, WRITE, 2L));
    assertThat(calls(() -> ann.block(ben).require(200)))
        .as("the friend is told of the presence that ends")
        .isEqualTo(Map.of(SQL, 1L, READ, 2L, WRITE, 4L));
    assertThat(calls(() -> ann.unblock(ben).requireDone()))
        .as("both circles are made anew, for the presence that each is told again")
        .isEqualTo(
            Map.of(SQL, 3L, READ, 4L, WRITE, 4L, "dynamodb:GetItem", 2L, "dynamodb:PutItem", 2L));
    Person stranger = Person.register(chat, "Sid");
    assertThat(calls(() -> ann.block(stranger).require(200)))
        .isEqualTo(Map.of(SQL, 1L, READ, 1L, WRITE, 4L));
    assertThat(calls(() -> ann.unblock(stranger).requireDone()))
        .isEqualTo(Map.of(SQL, 1L, READ, 1L, WRITE, 2L));
    assertThat(calls(() -> ann.unfriend(ben).requireDone()))
        .isEqualTo(Map.of(SQL, 1L, READ, 2L, WRITE, 4L));
    assertThat(calls(() -> ann.api().patch("/users/me", Map.of("name", "Anna")).require(200)))
        .isEqualTo(Map.of(SQL, 1L, READ, 1L));
  }

  @Test
  void noFunctionIsRefusedACallThatItMakes() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone()) {
      anns.request("join_conversation", friends.conversation()).acked();
      anns.say(friends.conversation(), "hello").acked();
    }

    assertThat(chat.ledger().snapshot()).filteredOn(call -> !call.allowed()).isEmpty();
  }

  private Map<String, Long> calls(Runnable action) {
    chat.awaitIdle();
    long mark = chat.ledger().mark();
    action.run();
    chat.awaitIdle();
    return chat.ledger().since(mark).stream()
        .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
  }
}
