package parley.checker;

import static parley.checker.Forgery.before;
import static parley.checker.Forgery.changed;
import static parley.checker.Forgery.plus;
import static parley.checker.Forgery.sentAs;
import static parley.checker.Forgery.without;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Runs in which a history is cleared. Ben clears what Ann has written to him, and is not answered
 * when he does so again; she writes once more, and he answers that. He clears what Carol has
 * written, who is told that he has read it and writes no more.
 */
final class ClearStory {
  private static final String ANN_BEN = "ann-ben";
  private static final String BEN_CAROL = "ben-carol";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Link CAROLS = new Link("carol", "carol's phone", 1);
  private static final Message HERS =
      new Message(BEN_CAROL + " 1", BEN_CAROL, "carol", "c-1", "text 1", 1);
  private static final Message ANSWER =
      new Message(ANN_BEN + " 4", ANN_BEN, "ben", "c-4", "text 4", 4).answering(ann(3).id());
  private static final Change CLEAR = new Change.Clear("ben", ANN_BEN);
  private static final Entry LISTED = new Entry.Listed("ben", BENS.device(), ANN_BEN, true, 2);
  private static final Entry TOLD = new Entry.ReceiptTold(CAROLS, BEN_CAROL, "ben", true, 1);
  private static final Entry COUNTED = new Entry.Counted("ben", BEN_CAROL, 1, 1, "");
  private static final Entry BENS_WALK = new Entry.Walked(1, "ben", ANN_BEN, walked(4, 3));
  private static final Entry ANNS_WALK = new Entry.Walked(2, "ann", ANN_BEN, walked(4, 3, 2, 1));
  private static final Entry FOUND = new Entry.Found("search", "ben", walked(4, 3));

  private ClearStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Opened(BEN_CAROL, Set.of("ben", "carol")));
    story.add(new Entry.Connected(ANNS));
    story.add(new Entry.Connected(BENS));
    story.add(new Entry.Connected(CAROLS));
    send(story, HERS, BENS, CAROLS);
    send(story, ann(1), ANNS, BENS);
    send(story, ann(2), ANNS, BENS);
    story.add(new Entry.Wanted(1, CLEAR));
    story.add(new Entry.Cleared(1, 2));
    story.add(new Entry.Made(1));
    // What was posted before comes late.
    story.add(new Entry.Received(BENS, ann(2)));
    story.add(new Entry.Wanted(2, CLEAR));
    story.add(new Entry.Unanswered(2));
    send(story, ann(3), ANNS, BENS);
    send(story, ANSWER, ANNS, BENS);
    story.add(new Entry.Wanted(3, new Change.Clear("ben", BEN_CAROL)));
    story.add(new Entry.Cleared(3, 1));
    story.add(new Entry.Made(3));
    story.add(TOLD);
    story.add(new Entry.Wanted(4, new Change.Clear("carol", ANN_BEN)));
    story.add(new Entry.Denied(4, "CONVERSATION_NOT_FOUND"));
    story.add(new Entry.Settled());
    story.add(new Entry.CatchUpStarted(BENS.device()));
    story.add(LISTED);
    story.add(new Entry.Listed("ben", BENS.device(), BEN_CAROL, true, 1));
    story.add(new Entry.CaughtUp("ben", BENS.device(), List.of()));
    story.add(new Entry.CatchUpStarted(CAROLS.device()));
    story.add(new Entry.CaughtUp("carol", CAROLS.device(), List.of()));
    story.add(new Entry.WalkStarted(1));
    story.add(BENS_WALK);
    story.add(new Entry.WalkStarted(2));
    story.add(ANNS_WALK);
    story.add(new Entry.SearchStarted("search"));
    story.add(FOUND);
    story.add(new Entry.Counted("ann", ANN_BEN, 4, 3, "text 4"));
    story.add(new Entry.Counted("ben", ANN_BEN, 4, 4, "text 4"));
    story.add(COUNTED);
    walked(1, 2, 3, 4).stream().map(Entry.Stored::new).forEach(story::add);
    story.add(new Entry.Stored(HERS));
    return story;
  }

  private static void send(List<Entry> story, Message message, Link... receivers) {
    story.add(new Entry.Tried(message.draft()));
    for (Link receiver : receivers) {
      story.add(new Entry.Received(receiver, message));
    }
    story.add(new Entry.Acked(message.draft(), message));
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case CLEARED_STAYS_AWAY ->
          List.of(
              changed(good(), BENS_WALK, new Entry.Walked(1, "ben", ANN_BEN, walked(4, 3, 2))),
              changed(good(), FOUND, new Entry.Found("search", "ben", walked(1))),
              plus(
                  good(),
                  new Entry.CatchUpStarted(BENS.device()),
                  new Entry.CaughtUp("ben", BENS.device(), walked(2))));
      case LIVE_AND_CAUGHT_UP_IS_STORED ->
          List.of(
              changed(good(), LISTED, new Entry.Listed("ben", BENS.device(), ANN_BEN, true, 1)));
      case PAGES_ARE_STABLE ->
          List.of(
              changed(good(), ANNS_WALK, new Entry.Walked(2, "ann", ANN_BEN, walked(4, 3))),
              changed(good(), BENS_WALK, new Entry.Walked(1, "ben", ANN_BEN, walked(4))));
      case LIST_SHOWS_THE_NEWEST ->
          List.of(changed(good(), COUNTED, new Entry.Counted("ben", BEN_CAROL, 1, 1, "text 1")));
      case UNREAD_IS_WHAT_IS_STORED ->
          List.of(changed(good(), COUNTED, new Entry.Counted("ben", BEN_CAROL, 1, 0, "")));
      case ANSWERED_WAS_SEEN -> List.of(answeredWhatIsGone());
      case ANSWER_IS_TRUE ->
          List.of(
              plus(
                  good(),
                  new Entry.Wanted(9, CLEAR),
                  new Entry.Denied(9, "CONVERSATION_NOT_FOUND")),
              plus(
                  good(),
                  new Entry.Wanted(9, new Change.Clear("carol", ANN_BEN)),
                  new Entry.Made(9)));
      case RECEIPT_TOLD_WAS_SAID ->
          List.of(
              before(good(), new Entry.Wanted(3, new Change.Clear("ben", BEN_CAROL)), TOLD),
              plus(good(), new Entry.ReceiptTold(CAROLS, ANN_BEN, "ben", true, 2)));
      case RECEIPT_REACHES_DEVICES -> List.of(without(good(), TOLD::equals));
      default -> List.of();
    };
  }

  private static List<Entry> answeredWhatIsGone() {
    Message answer = ANSWER.answering(ann(2).id());
    List<Entry> story = sentAs(good(), ANSWER, answer);
    List<Message> newest = List.of(answer, ann(3));
    story = changed(story, BENS_WALK, new Entry.Walked(1, "ben", ANN_BEN, newest));
    story = changed(story, FOUND, new Entry.Found("search", "ben", newest));
    return changed(
        story,
        ANNS_WALK,
        new Entry.Walked(2, "ann", ANN_BEN, List.of(answer, ann(3), ann(2), ann(1))));
  }

  private static List<Message> walked(long... seqs) {
    return LongStream.of(seqs).mapToObj(seq -> seq == 4 ? ANSWER : ann(seq)).toList();
  }

  private static Message ann(long seq) {
    return new Message(ANN_BEN + " " + seq, ANN_BEN, "ann", "c-" + seq, "text " + seq, seq);
  }
}
