package parley.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs in which a blocked person changes a message. Ann writes two to Ben, who blocks her; then she
 * edits the first one and deletes the second one. Ben keeps both as they were, and is not shown
 * what she writes next.
 */
final class KeptStory {
  private static final String ANN_BEN = "ann-ben";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Message FIRST = sent(1);
  private static final Message SECOND = sent(2);
  private static final Message HIDDEN = sent(3);
  private static final Message EDITED = FIRST.as("better", "10:01", false);
  private static final Message DELETED = SECOND.as("", "10:02", true);

  private KeptStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    return told(FIRST, List.of(SECOND, FIRST), 2, "text 2");
  }

  /**
   * @param edited what Ben is given of the first message by catching up
   * @param walked what Ben reads in the history
   * @param lastSeq how many messages there are for Ben
   * @param newest what is the last one in Ben's list
   */
  private static List<Entry> told(
      Message edited, List<Message> walked, long lastSeq, String newest) {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Connected(ANNS));
    story.add(new Entry.Connected(BENS));
    for (Message message : List.of(FIRST, SECOND)) {
      story.add(new Entry.Tried(message.draft()));
      story.add(new Entry.Received(ANNS, message));
      story.add(new Entry.Received(BENS, message));
      story.add(new Entry.Acked(message.draft(), message));
    }
    make(story, 1, new Change.Block("ben", "ann"));
    make(story, 2, new Change.Edit("ann", FIRST.id(), "better"));
    story.add(new Entry.Updated(ANNS, EDITED));
    make(story, 3, new Change.Delete("ann", SECOND.id()));
    story.add(new Entry.Updated(ANNS, DELETED));
    story.add(new Entry.Tried(HIDDEN.draft()));
    story.add(new Entry.Received(ANNS, HIDDEN));
    story.add(new Entry.Acked(HIDDEN.draft(), HIDDEN));
    // For Ben there is no third message to have read.
    story.add(new Entry.Moving(4, "ben", ANN_BEN, 0, 3));
    story.add(new Entry.MoveRefused(4, "SEQ_OUT_OF_RANGE"));
    story.add(new Entry.Settled());
    end(story, "ann", ANNS, List.of(), List.of(HIDDEN, DELETED, EDITED));
    story.add(new Entry.Counted("ann", ANN_BEN, 3, 3, "text 3"));
    end(story, "ben", BENS, List.of(edited), walked);
    story.add(new Entry.Counted("ben", ANN_BEN, lastSeq, 2, newest));
    story.add(new Entry.BlocksRead("ben", Set.of("ann")));
    Stream.of(EDITED, DELETED, HIDDEN).map(Entry.Stored::new).forEach(story::add);
    return story;
  }

  private static void make(List<Entry> story, int number, Change change) {
    story.add(new Entry.Wanted(number, change));
    story.add(new Entry.Made(number));
  }

  private static void end(
      List<Entry> story, String user, Link link, List<Message> caughtUp, List<Message> walked) {
    int walk = link.hashCode();
    story.add(new Entry.CatchUpStarted(link.device()));
    story.add(new Entry.Listed(user, link.device(), ANN_BEN, true, 0));
    story.add(new Entry.CaughtUp(user, link.device(), caughtUp));
    story.add(new Entry.WalkStarted(walk));
    story.add(new Entry.Walked(walk, user, ANN_BEN, walked));
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    List<Message> walked = List.of(SECOND, FIRST);
    return switch (rule) {
      case NOTHING_OF_THE_BLOCKED ->
          List.of(
              told(EDITED, walked, 2, "text 2"),
              told(FIRST, List.of(DELETED, FIRST), 2, "text 2"),
              told(FIRST, List.of(HIDDEN, SECOND, FIRST), 2, "text 2"));
      case PAGES_ARE_STABLE -> List.of(told(FIRST, List.of(SECOND), 2, "text 2"));
      case LIST_SHOWS_THE_NEWEST -> List.of(told(FIRST, walked, 2, "text 3"));
      case UNREAD_IS_WHAT_IS_STORED ->
          List.of(told(FIRST, walked, 1, "text 2"), told(FIRST, walked, 4, "text 2"));
      default -> List.of();
    };
  }

  private static Message sent(long seq) {
    return new Message(ANN_BEN + " " + seq, ANN_BEN, "ann", "c-" + seq, "text " + seq, seq);
  }
}
