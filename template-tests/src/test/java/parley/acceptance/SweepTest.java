package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.local.aws.AwsRequest;
import parley.local.aws.CallLedger;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Failed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** What functions leave behind that die, or whose services fail, is repaired. */
@ExtendWith(SharedChat.class)
class SweepTest {
  /** A note, the statement, the read, two posts, and the note's removal. */
  private static final int CALLS = 6;

  private final Chat chat;

  SweepTest(Chat chat) {
    this.chat = chat;
  }

  @ParameterizedTest
  @EnumSource
  void whereverAFunctionDiesWhatItStoredReachesEveryConnectionWithinTwoMinutes(Moment moment) {
    for (int call = 1; call <= CALLS; call++) {
      Friends friends = Friends.meet(chat);
      try (Phone anns = friends.ann().phone();
          Phone bens = friends.ben().phone()) {
        KillAt kill = new KillAt(call, moment);
        chat.with(
            kill, () -> assertThat(status(friends.ann(), friends.conversation())).isEqualTo(500));
        assertThat(kill.calls()).as("calls that were made").isGreaterThanOrEqualTo(call);

        chat.pass(Duration.ofMinutes(2));

        if (friends.ben().contents(friends.conversation()).isEmpty()) {
          assertThat(bens.everythingSoFar()).isEmpty();
          assertThat(anns.everythingSoFar()).isEmpty();
        } else {
          bens.awaitMessage("hello");
          anns.awaitMessage("hello");
        }
      }
    }
    chat.pass(Duration.ofMinutes(3));
    assertThat(chat.aws().pendingSends()).isZero();
  }

  @Test
  void aMessageWhoseRecipientsCannotBeReadIsAcknowledgedAndDeliveredLater() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.with(
          failing("BatchGetItem"),
          () -> friends.ann().send(friends.conversation(), "hello").require(201));
      assertThat(bens.everythingSoFar()).isEmpty();
      int before = chat.log().size();

      // As long as notes of other tests are kept whose messages were not stored.
      chat.pass(Duration.ofMinutes(4));

      bens.awaitMessage("hello");
      assertThat(chat.aws().pendingSends()).isZero();
      Eventually.await(
          "the sweep counts it",
          () ->
              chat.log().stream()
                  .skip(before)
                  .anyMatch(line -> line.contains("\"PendingSwept\":1")));
    }
  }

  @Test
  void aMessageThatHasDisappearedBeforeItWasDeliveredIsDeliveredToNobody() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone();
        Database database = chat.openDatabase()) {
      chat.with(
          failing("BatchGetItem"),
          () -> friends.ann().send(friends.conversation(), "too late").require(201));
      database.run(
          "update messages set expires_at = now() - interval '1 second' where content = 'too late'");

      chat.pass(Duration.ofMinutes(4));

      assertThat(chat.aws().pendingSends()).isZero();
      assertThat(bens.received("message:new")).isEmpty();
    }
  }

  @Test
  void aMessageThatCannotBeNotedIsRefusedAndNotStored() {
    Friends friends = Friends.meet(chat);
    chat.with(
        failing("PutItem"),
        () ->
            friends
                .ann()
                .send(friends.conversation(), "hello")
                .mustRefuse(503, "SERVICE_UNAVAILABLE"));

    assertThat(friends.ann().contents(friends.conversation())).isEmpty();
  }

  @Test
  void aMessageThatIsRefusedLeavesNoNote() {
    Friends friends = Friends.meet(chat);
    Person stranger = Person.register(chat, "Stranger");

    stranger.send(friends.conversation(), "hello").mustRefuse(404, "CONVERSATION_NOT_FOUND");

    assertThat(chat.aws().pendingSends()).isZero();
  }

  @Test
  void aFriendRequestWhoseReceiverCannotBeReadIsStoredAndToldByCatchingUp() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);

    chat.with(failing("BatchGetItem"), () -> ann.requestFriendship(ben).require(201));

    bens.catchUp(50);
    bens.mustBeUpToDate();
    assertThat(bens.known("FRIEND_REQUEST")).hasSize(1);
  }

  @Test
  void postsThatFailForAWhileAreTriedAgainAndTheDeadCostTheLivingNothing() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      // Twice what a sender tries for two connections, so that DeliveryFunction fails at first too.
      AtomicInteger failures = new AtomicInteger(12);
      Faults throttled =
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              return service.equals("execute-api") && failures.getAndDecrement() > 0
                  ? new Failed(Moment.BEFORE, 429, "LimitExceededException")
                  : CallFault.NONE;
            }
          };
      chat.with(
          throttled,
          () -> {
            friends.ann().send(friends.conversation(), "hello").require(201);
            bens.awaitMessage("hello");
            anns.awaitMessage("hello");
          });
    }
  }

  @Test
  void aMinuteInWhichNothingIsPendingAsksTheTableOnly() {
    chat.awaitSilence();
    assertThat(chat.aws().pendingSends()).isZero();
    long mark = chat.ledger().mark();

    chat.runScheduled("SweepFunction", Instant.parse("2030-01-01T12:00:00Z"));

    Map<String, Long> calls =
        chat.ledger().since(mark).stream()
            .filter(call -> call.caller().startsWith("SweepFunction"))
            .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
    assertThat(calls).isEqualTo(Map.of("dynamodb:Query", 16L));
  }

  @Test
  void atThreeInTheMorningTheFeedForgetsWhatIsOlderThan30DaysAndWhoStoodThereStartsOver() {
    Friends friends = Friends.meet(chat);
    Mirror old = new Mirror(friends.ann());
    old.catchUp(50);
    friends.ben().send(friends.conversation(), "long ago").require(201);
    friends.ben().send(friends.conversation(), "30 days ago").require(201);
    Mirror recent = new Mirror(friends.ann());
    recent.catchUp(50);
    try (Database database = chat.openDatabase()) {
      String newest = database.run("select cast(max(xid) as text) from feed").getFirst();
      database.run(
          "update feed set fed_at = fed_at - interval '31 days' where xid < '%s'"
              .formatted(newest));
    }
    Instant night =
        chat.clock().instant().atZone(ZoneOffset.UTC).with(LocalTime.of(3, 0)).toInstant();

    chat.runScheduled("SweepFunction", night.plus(Duration.ofMinutes(1)));
    assertThat(resumed(old.cursor(), friends.ann())).as("at another time of day").isTrue();
    chat.runScheduled("SweepFunction", night);

    assertThat(resumed(old.cursor(), friends.ann())).isFalse();
    assertThat(resumed(recent.cursor(), friends.ann())).isTrue();
    old.catchUp(50);
    old.mustBeUpToDate();
  }

  private static boolean resumed(String cursor, Person person) {
    return !person.api().get("/sync?cursor=" + cursor).require(200).path("reset").asBoolean();
  }

  /** What API Gateway answers to a send, in words of its own if the function died. */
  private static int status(Person person, String conversation) {
    return person
        .api()
        .status(
            "POST",
            "/messages",
            Json.write(Map.of("conversationId", conversation, "content", "hello")));
  }

  private static Faults failing(String operation) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        return request.operation().equals(operation)
            ? new Failed(Moment.BEFORE, 500, "InternalServerError")
            : CallFault.NONE;
      }
    };
  }
}
