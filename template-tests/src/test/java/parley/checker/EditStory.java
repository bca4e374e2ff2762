package parley.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Runs with messages that are changed. Ann writes three to Ben: she edits the first one twice, the
 * second time without an answer, and deletes the second one; Ben deletes the third one for himself.
 */
final class EditStory {
  private static final String ANN_BEN = "ann-ben";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Message FIRST = sent(1);
  private static final Message SECOND = sent(2);
  private static final Message THIRD = sent(3);
  private static final Message EDITED = FIRST.as("better", "10:01", false);
  private static final Message DELETED = SECOND.as("", "10:02", true);
  private static final Change EDIT = new Change.Edit("ann", FIRST.id(), "better");
  private static final Change DELETE = new Change.Delete("ann", SECOND.id());
  private static final Change HIDE = new Change.Hide("ben", THIRD.id());

  private EditStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Connected(ANNS));
    story.add(new Entry.Connected(BENS));
    for (Message message : List.of(FIRST, SECOND, THIRD)) {
      story.add(new Entry.Tried(message.draft()));
      story.add(new Entry.Received(ANNS, message));
      story.add(new Entry.Received(BENS, message));
      story.add(new Entry.Acked(message.draft(), message));
    }
    make(story, 1, EDIT);
    story.add(new Entry.Updated(ANNS, EDITED));
    story.add(new Entry.Updated(BENS, EDITED));
    // Sent again, it is what it is now; what was posted to Ben before comes late.
    story.add(new Entry.Tried(FIRST.draft()));
    story.add(new Entry.Acked(FIRST.draft(), EDITED));
    story.add(new Entry.Received(BENS, FIRST));
    story.add(new Entry.Wanted(2, new Change.Edit("ann", FIRST.id(), "never")));
    story.add(new Entry.Unanswered(2));
    make(story, 3, DELETE);
    story.add(new Entry.Updated(ANNS, DELETED));
    make(story, 4, HIDE);
    story.add(new Entry.Dropped("ben", BENS.device(), THIRD.id()));
    story.add(new Entry.Wanted(5, new Change.Edit("ann", SECOND.id(), "too late")));
    story.add(new Entry.Denied(5, "MESSAGE_DELETED"));
    story.add(new Entry.Wanted(6, new Change.Edit("ben", FIRST.id(), "mine")));
    story.add(new Entry.Denied(6, "NOT_YOUR_MESSAGE"));
    story.add(new Entry.Settled());
    end(story, "ann", ANNS, List.of(), List.of(THIRD, DELETED, EDITED), "text 3");
    end(story, "ben", BENS, List.of(DELETED), List.of(DELETED, EDITED), "");
    Stream.of(EDITED, DELETED, THIRD).map(Entry.Stored::new).forEach(story::add);
    return story;
  }

  private static void make(List<Entry> story, int number, Change change) {
    story.add(new Entry.Wanted(number, change));
    story.add(new Entry.Made(number));
  }

  private static void end(
      List<Entry> story,
      String user,
      Link link,
      List<Message> caughtUp,
      List<Message> walked,
      String newest) {
    int walk = link.hashCode();
    story.add(new Entry.CatchUpStarted(link.device()));
    story.add(new Entry.Listed(user, link.device(), ANN_BEN, true, 0));
    story.add(new Entry.CaughtUp(user, link.device(), caughtUp));
    story.add(new Entry.WalkStarted(walk));
    story.add(new Entry.Walked(walk, user, ANN_BEN, walked));
    story.add(new Entry.Counted(user, ANN_BEN, 3, user.equals("ann") ? 3 : 0, newest));
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case SHOWN_IS_STORED ->
          List.of(
              plus(new Entry.Updated(BENS, FIRST.as("nobody's", "10:00", false))),
              plus(new Entry.Updated(BENS, EDITED.as("better", "10:05", false))));
      case STORED_WAS_SENT -> List.of(storedAsNobodyWanted());
      case ANSWER_IS_TRUE ->
          List.of(
              plus(wanted(EDIT), new Entry.Denied(99, "NOT_YOUR_MESSAGE")),
              plus(wanted(EDIT), new Entry.Denied(99, "MESSAGE_DELETED")),
              plus(wanted(EDIT), new Entry.Denied(99, "EDIT_WINDOW_OVER")),
              plus(wanted(DELETE), new Entry.Denied(99, "MESSAGE_NOT_FOUND")),
              plus(wanted(new Change.Edit("ben", FIRST.id(), "better")), new Entry.Made(99)),
              plus(wanted(new Change.Delete("ben", FIRST.id())), new Entry.Denied(99, "INVALID")));
      case LAST_CHANGE_IS_STORED -> List.of(editedAndLost(), deletedAndKept());
      case READING_GIVES_THE_LAST ->
          List.of(walkedBy("ann", DELETED, SECOND), walkedBy("ben", EDITED, FIRST));
      case SHOWN_IS_THE_LAST_VERSION ->
          List.of(
              mapped(
                  entry ->
                      entry instanceof Entry.CaughtUp caughtUp && caughtUp.user().equals("ben")
                          ? new Entry.CaughtUp("ben", BENS.device(), List.of())
                          : entry));
      case DELETED_FOR_ONESELF_IS_GONE ->
          List.of(
              plus(
                  new Entry.CatchUpStarted(BENS.device()),
                  new Entry.CaughtUp("ben", BENS.device(), List.of(THIRD)),
                  new Entry.Dropped("ben", BENS.device(), THIRD.id())));
      case LIVE_AND_CAUGHT_UP_IS_STORED ->
          List.of(
              good().stream().filter(entry -> !(entry instanceof Entry.Dropped)).toList(),
              plus(new Entry.Dropped("ben", BENS.device(), FIRST.id())));
      default -> List.of();
    };
  }

  private static List<Entry> storedAsNobodyWanted() {
    Message other = FIRST.as("nobody's", "10:01", false);
    return mapped(
        entry ->
            switch (entry) {
              case Entry.Stored found when found.message().equals(EDITED) ->
                  new Entry.Stored(other);
              case Entry.Walked walked ->
                  new Entry.Walked(
                      walked.walk(),
                      walked.user(),
                      walked.conversation(),
                      walked.messages().stream().map(m -> m.equals(EDITED) ? other : m).toList());
              case Entry.Updated updated when updated.message().equals(EDITED) ->
                  new Entry.Updated(updated.link(), other);
              case Entry.Wanted want when want.change().equals(EDIT) ->
                  new Entry.Wanted(want.number(), new Change.Block("ann", "carol"));
              default -> entry;
            });
  }

  /** The edit is acknowledged, and the message stays as it was sent. */
  private static List<Entry> editedAndLost() {
    return everywhere(EDITED, FIRST);
  }

  private static List<Entry> deletedAndKept() {
    return everywhere(DELETED, SECOND);
  }

  private static List<Entry> everywhere(Message from, Message to) {
    List<Entry> all =
        mapped(
            entry ->
                switch (entry) {
                  case Entry.Stored found when found.message().equals(from) -> new Entry.Stored(to);
                  case Entry.Updated(Link link, Message message) when message.equals(from) ->
                      new Entry.Updated(link, to);
                  case Entry.Acked(Draft draft, Message message) when message.equals(from) ->
                      new Entry.Acked(draft, to);
                  case Entry.CaughtUp caughtUp ->
                      new Entry.CaughtUp(
                          caughtUp.user(),
                          caughtUp.device(),
                          caughtUp.messages().stream().filter(m -> !m.equals(from)).toList());
                  case Entry.Counted counted when counted.user().equals("ben") ->
                      new Entry.Counted("ben", ANN_BEN, 3, 0, from.equals(DELETED) ? "text 2" : "");
                  default -> entry;
                });
    return all.stream().filter(entry -> !(entry instanceof Entry.Walked)).toList();
  }

  private static List<Entry> walkedBy(String user, Message from, Message to) {
    return mapped(
        entry ->
            entry instanceof Entry.Walked walked && walked.user().equals(user)
                ? new Entry.Walked(
                    walked.walk(),
                    user,
                    ANN_BEN,
                    walked.messages().stream().map(m -> m.equals(from) ? to : m).toList())
                : entry);
  }

  private static Entry wanted(Change change) {
    return new Entry.Wanted(99, change);
  }

  private static List<Entry> plus(Entry... more) {
    return Forgery.plus(good(), more);
  }

  private static List<Entry> mapped(UnaryOperator<Entry> change) {
    return Forgery.mapped(good(), change);
  }

  private static Message sent(long seq) {
    return new Message(ANN_BEN + " " + seq, ANN_BEN, "ann", "c-" + seq, "text " + seq, seq);
  }
}
