package parley.checker;

import static parley.checker.Forgery.before;
import static parley.checker.Forgery.changed;
import static parley.checker.Forgery.mapped;
import static parley.checker.Forgery.plus;
import static parley.checker.Forgery.sentAs;
import static parley.checker.Forgery.shownAs;
import static parley.checker.Forgery.without;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs with answers and copies. Ann asks Ben something, who answers twice, takes one answer back
 * and forwards the question to Carol and to Ann herself, then once more to Carol when Ann has
 * edited it; when she has deleted it he cannot. He edits the copy that Ann got, which is none then.
 */
final class ForwardStory {
  private static final String ANN_BEN = "ann-ben";
  private static final String BEN_CAROL = "ben-carol";
  private static final Link ANNS = new Link("ann", "ann's phone", 1);
  private static final Link BENS = new Link("ben", "ben's phone", 1);
  private static final Link CAROLS = new Link("carol", "carol's phone", 1);
  private static final Message QUESTION =
      new Message(ANN_BEN + " 1", ANN_BEN, "ann", "q", "question", 1);
  private static final Message EDITED = QUESTION.as("better", "10:01", false);
  private static final Message DELETED = QUESTION.as("", "10:02", true);
  private static final Message ANSWER =
      new Message(ANN_BEN + " 2", ANN_BEN, "ben", "a", "answer", 2).answering(QUESTION.id());
  private static final Message HASTY =
      new Message(ANN_BEN + " 3", ANN_BEN, "ben", "h", "hasty", 3).answering(QUESTION.id());
  private static final Message TAKEN_BACK = HASTY.as("", "10:00", true);
  private static final Forward BOTH =
      new Forward("ben", QUESTION.id(), List.of(BEN_CAROL, ANN_BEN), "f");
  private static final Message CAROLS_COPY = copy(BOTH, BEN_CAROL, 1, "question");
  private static final Message ANNS_COPY = copy(BOTH, ANN_BEN, 4, "question");
  private static final Message OWN_WORDS = ANNS_COPY.as("own words", "10:03", false);
  private static final Forward AGAIN = new Forward("ben", QUESTION.id(), List.of(BEN_CAROL), "g");
  private static final Message BETTER_COPY = copy(AGAIN, BEN_CAROL, 2, "better");
  private static final Forward TOO_LATE =
      new Forward("ben", QUESTION.id(), List.of(BEN_CAROL), "late");
  private static final Forward OF_OTHERS =
      new Forward("carol", ANSWER.id(), List.of(BEN_CAROL), "o");
  private static final Forward TO_OTHERS =
      new Forward("carol", CAROLS_COPY.id(), List.of(BEN_CAROL, ANN_BEN), "t");
  private static final Entry END = new Entry.Settled();

  private ForwardStory() {}

  /** A run in which all is well. */
  static List<Entry> good() {
    List<Entry> story = new ArrayList<>();
    story.add(new Entry.Opened(ANN_BEN, Set.of("ann", "ben")));
    story.add(new Entry.Opened(BEN_CAROL, Set.of("ben", "carol")));
    Stream.of(ANNS, BENS, CAROLS).map(Entry.Connected::new).forEach(story::add);
    for (Message message : List.of(QUESTION, ANSWER, HASTY)) {
      story.add(new Entry.Tried(message.draft()));
      receive(story, message);
      story.add(new Entry.Acked(message.draft(), message));
    }
    make(story, 1, new Change.Delete("ben", HASTY.id()), TAKEN_BACK);
    BOTH.drafts().stream().map(Entry.Tried::new).forEach(story::add);
    receive(story, CAROLS_COPY);
    forward(story, BOTH, CAROLS_COPY, ANNS_COPY);
    receive(story, ANNS_COPY);
    make(story, 4, new Change.Edit("ben", ANNS_COPY.id(), "own words"), OWN_WORDS);
    make(story, 2, new Change.Edit("ann", QUESTION.id(), "better"), EDITED);
    forward(story, AGAIN, BETTER_COPY);
    receive(story, BETTER_COPY);
    make(story, 3, new Change.Delete("ann", QUESTION.id()), DELETED);
    refuse(story, TOO_LATE, "MESSAGE_DELETED");
    refuse(story, OF_OTHERS, "MESSAGE_NOT_FOUND");
    refuse(story, TO_OTHERS, "CONVERSATION_NOT_FOUND");
    Draft answer = new Message("", BEN_CAROL, "carol", "x", "?", 0).answering(ANSWER.id()).draft();
    story.add(new Entry.Tried(answer));
    story.add(new Entry.Refused(answer, "MESSAGE_NOT_FOUND"));
    story.add(END);
    story.add(new Entry.Counted("ann", ANN_BEN, 4, 1, "own words"));
    story.add(new Entry.Counted("ben", ANN_BEN, 4, 4, "own words"));
    story.add(new Entry.Counted("ben", BEN_CAROL, 2, 2, "better"));
    story.add(new Entry.Counted("carol", BEN_CAROL, 2, 0, "better"));
    Stream.of(DELETED, ANSWER, TAKEN_BACK, OWN_WORDS, CAROLS_COPY, BETTER_COPY)
        .map(Entry.Stored::new)
        .forEach(story::add);
    return story;
  }

  private static void receive(List<Entry> story, Message message) {
    Stream.of(received(message)).forEach(story::add);
  }

  private static Entry[] received(Message message) {
    return Stream.of(BENS, message.conversation().equals(ANN_BEN) ? ANNS : CAROLS)
        .map(link -> new Entry.Received(link, message))
        .toArray(Entry[]::new);
  }

  private static void make(List<Entry> story, int number, Change change, Message result) {
    story.add(new Entry.Wanted(number, change));
    story.add(new Entry.Made(number));
    story.add(new Entry.Updated(ANNS, result));
    story.add(new Entry.Updated(BENS, result));
  }

  private static void forward(List<Entry> story, Forward forward, Message... copies) {
    forward.drafts().stream().map(Entry.Tried::new).forEach(story::add);
    for (int i = 0; i < copies.length; i++) {
      story.add(new Entry.Acked(forward.drafts().get(i), copies[i]));
    }
  }

  private static void refuse(List<Entry> story, Forward forward, String code) {
    Stream.of(refused(forward, code)).forEach(story::add);
  }

  private static Entry[] refused(Forward forward, String code) {
    return forward.drafts().stream()
        .flatMap(draft -> Stream.of(new Entry.Tried(draft), new Entry.Refused(draft, code)))
        .toArray(Entry[]::new);
  }

  private static Message copy(Forward forward, String conversation, long seq, String content) {
    Draft draft = new Draft(forward, conversation);
    return new Message(
            conversation + " " + seq, conversation, draft.sender(), draft.clientId(), content, seq)
        .asCopy();
  }

  /** Runs that differ from the good one in what breaks this rule; none where another story does. */
  static List<List<Entry>> broken(Rule rule) {
    return switch (rule) {
      case ACKED_IS_STORED -> List.of(answeredInPart());
      case STORED_ONCE -> List.of(with(copy(BOTH, BEN_CAROL, 3, "question")));
      case RETRY_GIVES_FIRST_RESULT ->
          List.of(
              plus(
                  good(),
                  new Entry.Acked(BOTH.drafts().getFirst(), copy(BOTH, BEN_CAROL, 9, "question"))));
      case STORED_WAS_SENT ->
          List.of(
              shownAs(good(), ANSWER, ANSWER.answering("")),
              shownAs(good(), ANSWER, ANSWER.answering(HASTY.id())),
              shownAs(good(), TAKEN_BACK, TAKEN_BACK.answering(QUESTION.id())),
              shownAs(good(), CAROLS_COPY, CAROLS_COPY.answering("")),
              shownAs(good(), OWN_WORDS, OWN_WORDS.asCopy()));
      case SHOWN_IS_STORED ->
          List.of(
              plus(good(), new Entry.Received(ANNS, ANSWER.answering("{\"content\":\"better\"}"))),
              plus(good(), new Entry.Updated(ANNS, TAKEN_BACK.answering(QUESTION.id()))));
      case GOOD_MESSAGE_IS_NOT_REFUSED -> refusedForNothing();
      case HANDED_TO_EVERY_LINK ->
          List.of(
              plus(
                  without(good(), new Entry.Received(CAROLS, BETTER_COPY)::equals),
                  new Entry.CaughtUp("carol", CAROLS.device(), List.of(BETTER_COPY))));
      case NOTHING_TO_OTHERS ->
          List.of(plus(good(), new Entry.CaughtUp("carol", CAROLS.device(), List.of(ANNS_COPY))));
      case BLOCKER_DOES_NOT_WRITE -> List.of(copiedWhileBlocking());
      case ONLY_PARTICIPANTS_WRITE -> List.of(with(copy(TO_OTHERS, ANN_BEN, 5, "question")));
      case ANSWERED_WAS_SEEN ->
          Stream.of(CAROLS_COPY.id(), HASTY.id(), "nobody's")
              .map(other -> sentAs(good(), ANSWER, ANSWER.answering(other)))
              .toList();
      case COPY_IS_OF_WHAT_WAS_SEEN ->
          List.of(
              sentAs(good(), CAROLS_COPY, copy(BOTH, BEN_CAROL, 1, "something else")),
              copiedBeforeTheEdit(),
              with(copy(TOO_LATE, BEN_CAROL, 3, "better")),
              with(copy(OF_OTHERS, BEN_CAROL, 3, "answer")));
      default -> List.of();
    };
  }

  private static List<Entry> answeredInPart() {
    Message none = new Message("", "", "", "", "", 0);
    Draft second = BOTH.drafts().getLast();
    return changed(good(), new Entry.Acked(second, ANNS_COPY), new Entry.Acked(second, none));
  }

  private static List<List<Entry>> refusedForNothing() {
    Stream<List<Entry>> forwards =
        Stream.of("MESSAGE_NOT_FOUND", "MESSAGE_DELETED", "CONVERSATION_NOT_FOUND", "INVALID")
            .map(
                code ->
                    plus(
                        good(),
                        refused(new Forward("ben", ANSWER.id(), BOTH.conversations(), "n"), code)));
    Stream<List<Entry>> others =
        Stream.of(QUESTION, ANSWER)
            .map(
                message ->
                    plus(
                        good(),
                        new Entry.Refused(
                            message.draft(),
                            message.equals(ANSWER) ? "MESSAGE_DELETED" : "MESSAGE_NOT_FOUND")));
    Stream<List<Entry>> repeated = Stream.of(plus(good(), refused(AGAIN, "MESSAGE_DELETED")));
    return Stream.of(forwards, others, repeated).flatMap(Function.identity()).toList();
  }

  private static List<Entry> copiedWhileBlocking() {
    List<Entry> blocked =
        before(
            good(),
            new Entry.Tried(AGAIN.drafts().getFirst()),
            new Entry.Wanted(8, new Change.Block("ben", "carol")),
            new Entry.Made(8));
    return plus(
        blocked, new Entry.Wanted(9, new Change.Unblock("ben", "carol")), new Entry.Made(9));
  }

  private static List<Entry> copiedBeforeTheEdit() {
    Message old = copy(AGAIN, BEN_CAROL, 2, "question");
    return counted(sentAs(good(), BETTER_COPY, old), old);
  }

  /** One more copy is stored, and reaches those who take part. */
  private static List<Entry> with(Message copy) {
    return counted(plus(before(good(), END, received(copy)), new Entry.Stored(copy)), copy);
  }

  /** The list shows that this is the newest message, which its sender has read. */
  private static List<Entry> counted(List<Entry> story, Message newest) {
    return mapped(
        story,
        entry ->
            entry instanceof Entry.Counted old && old.conversation().equals(newest.conversation())
                ? new Entry.Counted(
                    old.user(),
                    old.conversation(),
                    newest.seq(),
                    old.user().equals(newest.sender()) ? newest.seq() : old.lastReadSeq(),
                    newest.content())
                : entry);
  }
}
