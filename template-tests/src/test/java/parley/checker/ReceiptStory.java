package parley.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Runs with receipts. Ann writes three messages to Ben, who has received all of them and read two;
 * that he has received two was not answered.
 */
final class ReceiptStory {
  private static final String ANN_BEN = "ann-ben";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Entry TOLD_READ = new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", true, 2);
  private static final Entry GIVEN = shown(ANNS.device(), "ben", 3, 2);

  private ReceiptStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Connected(ANNS));
    story.add(new Entry.Connected(BENS));
    for (Message message : sent()) {
      story.add(new Entry.Tried(message.draft()));
      story.add(new Entry.Received(ANNS, message));
      story.add(new Entry.Received(BENS, message));
      story.add(new Entry.Acked(message.draft(), message));
    }
    story.add(new Entry.Moving(1, "ben", ANN_BEN, 2, 0));
    story.add(new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", false, 2));
    story.add(new Entry.ReceiptsAsked("reading 1"));
    story.add(new Entry.Moving(2, "ben", ANN_BEN, 3, 0));
    story.add(new Entry.Moved(2, 3, 0));
    story.add(shown("reading 1", "ben", 2, 0));
    story.add(new Entry.Moving(3, "ben", ANN_BEN, 0, 2));
    story.add(new Entry.ReceiptTold(BENS, ANN_BEN, "ben", true, 2));
    story.add(new Entry.Moved(3, 3, 2));
    // Events may overtake one another.
    story.add(TOLD_READ);
    story.add(new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", false, 3));
    story.add(new Entry.Moving(4, "ben", ANN_BEN, 0, 4));
    story.add(new Entry.MoveRefused(4, "SEQ_OUT_OF_RANGE"));
    story.add(new Entry.Moving(5, "carl", ANN_BEN, 0, 1));
    story.add(new Entry.MoveRefused(5, "CONVERSATION_NOT_FOUND"));
    story.add(new Entry.Moving(6, "ben", ANN_BEN, 1, 0));
    story.add(new Entry.MoveRefused(6, "SERVICE_UNAVAILABLE"));
    story.add(new Entry.Settled());
    story.add(new Entry.CatchUpStarted(ANNS.device()));
    story.add(GIVEN);
    story.add(new Entry.CaughtUp("ann", ANNS.device(), List.of()));
    story.add(new Entry.CatchUpStarted(BENS.device()));
    story.add(new Entry.CaughtUp("ben", BENS.device(), List.of()));
    story.add(new Entry.Counted("ann", ANN_BEN, 3, 3, "text 3"));
    story.add(counted(2));
    sent().stream().map(Entry.Stored::new).forEach(story::add);
    return story;
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case UNREAD_IS_WHAT_IS_STORED ->
          List.of(changed(counted(2), counted(1)), changed(counted(2), counted(3)));
      case RECEIPTS_ONLY_GROW ->
          List.of(
              plus(new Entry.ReceiptsAsked("again"), shown("again", "ben", 3, 1)),
              plus(new Entry.ReceiptsAsked("again"), shown("again", "ben", 2, 2)),
              plus(new Entry.Moving(9, "ben", ANN_BEN, 1, 0), new Entry.Moved(9, 2, 2)));
      case READ_IS_DELIVERED_IS_THERE ->
          List.of(
              plus(new Entry.ReceiptsAsked("again"), shown("again", "ann", 2, 3)),
              plus(new Entry.ReceiptsAsked("again"), shown("again", "ann", 4, 3)),
              plus(
                  new Entry.Moving(9, "ben", ANN_BEN, 4, 0),
                  new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", false, 4)));
      case RECEIPT_TOLD_WAS_SAID ->
          List.of(
              plus(new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", true, 3)),
              plus(new Entry.ReceiptTold(ANNS, ANN_BEN, "ann", true, 2)),
              plus(new Entry.ReceiptTold(new Link("eve", "eve's", 1), ANN_BEN, "ben", true, 2)),
              toldDuringABlock());
      case RECEIPT_REFUSED_FOR_A_REASON ->
          Stream.of("SEQ_OUT_OF_RANGE", "CONVERSATION_NOT_FOUND", "VALIDATION_FAILED")
              .map(
                  code ->
                      plus(
                          new Entry.Moving(9, "ben", ANN_BEN, 0, 3),
                          new Entry.MoveRefused(9, code)))
              .toList();
      case RECEIPT_REACHES_DEVICES ->
          List.of(
              good().stream()
                  .filter(entry -> !entry.equals(TOLD_READ) && !entry.equals(GIVEN))
                  .toList());
      default -> List.of();
    };
  }

  private static List<Entry> toldDuringABlock() {
    List<Entry> story = new ArrayList<>(changed(counted(2), counted(3)));
    story.addAll(
        List.of(
            new Entry.Wanted(8, new Change.Block("ann", "ben")),
            new Entry.Made(8),
            new Entry.Moving(9, "ben", ANN_BEN, 0, 3),
            new Entry.Moved(9, 3, 3),
            new Entry.ReceiptTold(ANNS, ANN_BEN, "ben", true, 3)));
    return story;
  }

  private static List<Message> sent() {
    return LongStream.rangeClosed(1, 3)
        .mapToObj(
            seq -> new Message(ANN_BEN + " " + seq, ANN_BEN, "ann", "c-" + seq, "text " + seq, seq))
        .toList();
  }

  private static Entry shown(String reading, String user, long delivered, long read) {
    return new Entry.ReceiptShown(reading, "ann", ANN_BEN, user, delivered, read);
  }

  private static Entry counted(long read) {
    return new Entry.Counted("ben", ANN_BEN, 3, read, "text 3");
  }

  private static List<Entry> plus(Entry... more) {
    return Forgery.plus(good(), more);
  }

  private static List<Entry> changed(Entry from, Entry to) {
    return Forgery.changed(good(), from, to);
  }
}
