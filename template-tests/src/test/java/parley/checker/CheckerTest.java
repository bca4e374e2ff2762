package parley.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.checker.Forgery.changed;
import static parley.checker.Forgery.mapped;
import static parley.checker.Forgery.plus;
import static parley.checker.Forgery.without;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run in which all is well breaks no rule; each thing that may go wrong breaks just its own. */
class CheckerTest {
  private static final String ANN_BEN = "ann-ben";
  private static final String BEN_CAROL = "ben-carol";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Link BENS_NEXT = new Link("ben", "ben's phone", 2);
  private static final Link CAROLS = new Link("carol", "carol's phone", 1);

  @Test
  void aRunInWhichAllIsWellBreaksNoRule() {
    assertThat(
            Stream.of(
                    story(),
                    TeamStory.good(),
                    EditStory.good(),
                    KeptStory.good(),
                    ForwardStory.good(),
                    ClearStory.good(),
                    ReceiptStory.good(),
                    PeopleStory.good())
                .flatMap(story -> Checker.check(new History(story)).stream()))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatBreaksARuleIsReportedAsThatAndNothingElse(Rule rule) {
    List<List<Entry>> all =
        Stream.of(
                broken(rule),
                TeamStory.broken(rule),
                EditStory.broken(rule),
                KeptStory.broken(rule),
                ForwardStory.broken(rule),
                ClearStory.broken(rule),
                ReceiptStory.broken(rule),
                PeopleStory.broken(rule))
            .flatMap(List::stream)
            .toList();
    assertThat(all).isNotEmpty();
    for (List<Entry> broken : all) {
      assertThat(Checker.check(new History(broken))).extracting(Violation::rule).containsOnly(rule);
    }
  }

  @Test
  void whatLiesInADeadLetterQueueIsNotMissed() {
    History history =
        new History(plus(droppedOnAnOpenLink(), new Entry.GivenUp("{\"id\": \"ann-ben 8\"}")));

    assertThat(Checker.check(history)).isEmpty();
  }

  @Test
  void nobodyJoinsByAnInviteWhoseMakerIsNoAdminAnyMore() {
    List<Change.OfGroup> changes =
        List.of(
            new Change.Create("ann", "team", Set.of("ben")),
            new Change.Assign("ann", "team", "ben", "OWNER"),
            new Change.Join("cem", "team"),
            new Change.Assign("ben", "team", "ann", "MEMBER"),
            new Change.Join("dan", "team"));
    List<Message> messages =
        IntStream.range(0, changes.size())
            .mapToObj(i -> new Message("m" + i, changes.get(i), "told", i + 1))
            .toList();

    assertThat(new Story("ALL", messages.subList(0, 4)).breaches()).isEmpty();
    assertThat(new Story("ALL", messages).breaches()).hasSize(1);
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  private static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case ACKED_IS_STORED -> List.of(acknowledgedAndLost(), acknowledgedWithAnotherSeq());
      case STORED_ONCE -> List.of(storedTwice());
      case STORED_WAS_SENT -> List.of(invented());
      case NUMBERED_WITHOUT_GAP -> List.of(numberLeftOut(), numberUsedTwice());
      case RETRY_GIVES_FIRST_RESULT -> List.of(retryGivesAnother());
      case OTHER_BODY_IS_REFUSED -> List.of(otherBodyAcknowledged());
      case GOOD_MESSAGE_IS_NOT_REFUSED -> List.of(goodMessageRefused());
      case SHOWN_IS_STORED -> List.of(garbledOnTheWay(), shownAndNotStored());
      case NOTHING_TO_OTHERS -> List.of(misaddressed(), caughtUpOnOthers());
      case HANDED_TO_EVERY_LINK -> List.of(droppedOnAnOpenLink());
      case ORDERED_OR_NOTICED -> List.of(reordered());
      case LIVE_AND_CAUGHT_UP_IS_STORED -> List.of(neverGiven());
      case CAUGHT_UP_IS_COMPLETE -> List.of(caughtUpLate());
      case PAGES_ARE_STABLE -> List.of(pageSkips(), pageRepeats(), pageWithoutTheNewest());
      case UNREAD_IS_WHAT_IS_STORED -> List.of(miscounted(), readTooFar());
      default -> List.of();
    };
  }

  private static List<Entry> acknowledgedAndLost() {
    return plus(story(), new Entry.Tried(ann(9).draft()), acked(ann(9)));
  }

  private static List<Entry> acknowledgedWithAnotherSeq() {
    Message other = new Message("ben-carol 2", BEN_CAROL, "ben", "c-2", "text 2", 3);
    return changed(story(), acked(ben(2)), new Entry.Acked(ben(2).draft(), other));
  }

  private static List<Entry> storedTwice() {
    Message copy = new Message("copy", BEN_CAROL, "ben", "c-2", "text 2", 3);
    List<Entry> story = plus(given(copy), new Entry.Stored(copy));
    story = changed(story, counted("ben", BEN_CAROL, 2, 2), counted("ben", BEN_CAROL, 3, 3));
    return changed(story, counted("carol", BEN_CAROL, 2, 0), counted("carol", BEN_CAROL, 3, 0));
  }

  private static List<Entry> invented() {
    return without(
        story(),
        entry -> entry instanceof Entry.Tried tried && tried.draft().equals(ben(1).draft()));
  }

  private static List<Entry> numberLeftOut() {
    Message second = new Message(ben(2).id(), BEN_CAROL, "ben", "c-2", "text 2", 3);
    List<Entry> story = changed(story(), acked(ben(2)), acked(second));
    story = changed(story, new Entry.Stored(ben(2)), new Entry.Stored(second));
    for (String user : List.of("ben", "carol")) {
      story =
          changed(
              story,
              new Entry.CaughtUp(user, user + "'s phone", List.of(ben(1), ben(2))),
              new Entry.CaughtUp(user, user + "'s phone", List.of(ben(1), second)));
    }
    story = changed(story, counted("carol", BEN_CAROL, 2, 0), counted("carol", BEN_CAROL, 3, 0));
    return changed(story, counted("ben", BEN_CAROL, 2, 2), counted("ben", BEN_CAROL, 3, 3));
  }

  private static List<Entry> numberUsedTwice() {
    Message rival = new Message("rival", BEN_CAROL, "ben", "c-9", "text 2", 2);
    return plus(given(rival), new Entry.Tried(rival.draft()), new Entry.Stored(rival));
  }

  private static List<Entry> retryGivesAnother() {
    Message another = new Message("another", ANN_BEN, "ann", "c-5", "text 5", 9);
    return plus(story(), new Entry.Acked(ann(5).draft(), another));
  }

  private static List<Entry> otherBodyAcknowledged() {
    return plus(story(), new Entry.Acked(otherBody(), ann(5)));
  }

  private static List<Entry> goodMessageRefused() {
    return plus(story(), new Entry.Refused(ann(4).draft(), "CLIENT_ID_REUSED"));
  }

  private static List<Entry> garbledOnTheWay() {
    Message garbled =
        new Message(ann(3).id(), ANN_BEN, "ann", ann(3).clientId(), "text 3?", ann(3).seq());
    return changed(story(), new Entry.Received(BENS, ann(3)), new Entry.Received(BENS, garbled));
  }

  private static List<Entry> shownAndNotStored() {
    return plus(story(), new Entry.CaughtUp("ann", "ann's phone", List.of(ann(9))));
  }

  private static List<Entry> misaddressed() {
    return plus(story(), new Entry.Received(CAROLS, ann(1)));
  }

  private static List<Entry> caughtUpOnOthers() {
    return plus(story(), new Entry.CaughtUp("carol", "carol's phone", List.of(ann(1))));
  }

  private static List<Entry> droppedOnAnOpenLink() {
    List<Entry> story = without(story(), new Entry.Received(ANNS, ann(8))::equals);
    return plus(story, new Entry.CaughtUp("ann", "ann's phone", List.of(ann(8))));
  }

  private static List<Entry> reordered() {
    List<Entry> story = new ArrayList<>(story());
    int third = story.indexOf(new Entry.Received(BENS, ann(3)));
    int fourth = story.indexOf(new Entry.Received(BENS, ann(4)));
    story.set(third, new Entry.Received(BENS, ann(4)));
    story.set(fourth, new Entry.Received(BENS, ann(3)));
    return story;
  }

  private static List<Entry> neverGiven() {
    // She never catches up, as who catches up must be given all that was acknowledged before.
    return without(
        story(),
        entry -> entry instanceof Entry.CaughtUp caughtUp && caughtUp.user().equals("carol"));
  }

  private static List<Entry> caughtUpLate() {
    return plus(
        caughtUpAs("carol", List.of(ben(1), ben(2)), List.of(ben(1))),
        new Entry.CatchUpStarted("carol's phone"),
        new Entry.CaughtUp("carol", "carol's phone", List.of(ben(2))));
  }

  private static List<Entry> pageSkips() {
    return walkedAs(List.of(ann(4), ann(3), ann(1)));
  }

  private static List<Entry> pageRepeats() {
    return walkedAs(List.of(ann(5), ann(4), ann(3), ann(3), ann(2), ann(1)));
  }

  private static List<Entry> pageWithoutTheNewest() {
    return walkedAs(List.of(ann(4), ann(3), ann(2), ann(1)));
  }

  private static List<Entry> miscounted() {
    return changed(story(), counted("carol", BEN_CAROL, 2, 0), counted("carol", BEN_CAROL, 1, 0));
  }

  private static List<Entry> readTooFar() {
    return changed(story(), counted("carol", BEN_CAROL, 2, 0), counted("carol", BEN_CAROL, 4, 2));
  }

  /**
   * Ann writes to Ben, who loses his link and gets two messages in the wrong order on the next one.
   * Ben then writes to Carol while nobody's phone is on.
   */
  private static List<Entry> story() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Opened(BEN_CAROL, Set.of("ben", "carol")));
    Stream.of(ANNS, BENS, CAROLS).map(Entry.Connected::new).forEach(story::add);
    for (int seq = 1; seq <= 5; seq++) {
      send(story, ann(seq));
      story.add(new Entry.Received(BENS, ann(seq)));
    }
    story.add(new Entry.Tried(ann(5).draft()));
    story.add(acked(ann(5)));
    story.add(new Entry.Received(BENS, ann(5)));
    story.add(new Entry.Tried(otherBody()));
    story.add(new Entry.Refused(otherBody(), "CLIENT_ID_REUSED"));
    story.add(new Entry.WalkStarted(1));
    story.add(new Entry.Closed(BENS));
    send(story, ann(6));
    story.add(new Entry.Walked(1, "ann", ANN_BEN, List.of(ann(5), ann(4), ann(3), ann(2), ann(1))));
    story.add(new Entry.Connected(BENS_NEXT));
    catchUp(story, "ben", List.of(ann(6)));
    send(story, ann(7));
    send(story, ann(8));
    story.add(new Entry.Received(BENS_NEXT, ann(8)));
    story.add(new Entry.GapNoticed(BENS_NEXT, ann(8)));
    story.add(new Entry.Received(BENS_NEXT, ann(7)));
    catchUp(story, "ben", List.of(ann(7), ann(8)));
    story.add(new Entry.Settled());
    Stream.of(ANNS, BENS_NEXT, CAROLS).map(Entry.Closed::new).forEach(story::add);
    for (int seq = 1; seq <= 2; seq++) {
      story.add(new Entry.Tried(ben(seq).draft()));
      story.add(new Entry.Refused(ben(seq).draft(), "SERVICE_UNAVAILABLE"));
      story.add(new Entry.Tried(ben(seq).draft()));
      story.add(acked(ben(seq)));
    }
    story.add(new Entry.Settled());
    catchUp(story, "carol", List.of(ben(1), ben(2)));
    catchUp(story, "ben", List.of(ben(1), ben(2)));
    story.add(counted("ann", ANN_BEN, 8, 8));
    story.add(counted("ben", ANN_BEN, 8, 0));
    story.add(counted("ben", BEN_CAROL, 2, 2));
    story.add(counted("carol", BEN_CAROL, 2, 0));
    LongStream.rangeClosed(1, 8)
        .mapToObj(CheckerTest::ann)
        .map(Entry.Stored::new)
        .forEach(story::add);
    LongStream.rangeClosed(1, 2)
        .mapToObj(CheckerTest::ben)
        .map(Entry.Stored::new)
        .forEach(story::add);
    return story;
  }

  private static void send(List<Entry> story, Message message) {
    story.add(new Entry.Tried(message.draft()));
    story.add(acked(message));
    story.add(new Entry.Received(ANNS, message));
  }

  private static void catchUp(List<Entry> story, String user, List<Message> messages) {
    story.add(new Entry.CatchUpStarted(user + "'s phone"));
    story.add(new Entry.CaughtUp(user, user + "'s phone", messages));
  }

  private static Message ann(long seq) {
    return message(ANN_BEN, "ann", seq);
  }

  private static Message ben(long seq) {
    return message(BEN_CAROL, "ben", seq);
  }

  private static Message message(String conversation, String sender, long seq) {
    return new Message(
        conversation + " " + seq, conversation, sender, "c-" + seq, "text " + seq, seq);
  }

  private static Draft otherBody() {
    return new Draft("ann", ANN_BEN, "c-5", "something else");
  }

  private static Entry acked(Message message) {
    return new Entry.Acked(message.draft(), message);
  }

  private static Entry counted(String user, String conversation, long lastSeq, long lastReadSeq) {
    String last = conversation.equals(ANN_BEN) ? "text 8" : "text 2";
    return new Entry.Counted(user, conversation, lastSeq, lastReadSeq, last);
  }

  /** The story, in whose end Ben and Carol are given one more message. */
  private static List<Entry> given(Message message) {
    return plus(
        story(),
        new Entry.CaughtUp("ben", "ben's phone", List.of(message)),
        new Entry.CaughtUp("carol", "carol's phone", List.of(message)));
  }

  private static List<Entry> caughtUpAs(String user, List<Message> from, List<Message> to) {
    return changed(
        story(),
        new Entry.CaughtUp(user, user + "'s phone", from),
        new Entry.CaughtUp(user, user + "'s phone", to));
  }

  private static List<Entry> walkedAs(List<Message> messages) {
    return mapped(
        story(),
        entry ->
            entry instanceof Entry.Walked walked
                ? new Entry.Walked(walked.walk(), walked.user(), walked.conversation(), messages)
                : entry);
  }
}
