package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parley.checker.Receipts.Said;

/** Rules about what reading gives. */
final class ReadRules {
  private ReadRules() {}

  /** By ids: that a message is stored, and as it was shown, other rules hold. */
  static Stream<String> caughtUpIsComplete(Evidence evidence) {
    Map<String, Set<String>> known = new HashMap<>();
    Map<String, Integer> begun = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    List<Entry> entries = evidence.entries();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      switch (entries.get(at)) {
        case Entry.Received received ->
            known
                .computeIfAbsent(received.link().device(), device -> new HashSet<>())
                .add(received.message().id());
        case Entry.CatchUpStarted started -> begun.put(started.device(), at);
        case Entry.CaughtUp caughtUp -> {
          Set<String> has = known.computeIfAbsent(caughtUp.device(), device -> new HashSet<>());
          caughtUp.messages().forEach(message -> has.add(message.id()));
          int from = begun.getOrDefault(caughtUp.device(), -1);
          evidence.stored().stream()
              .filter(message -> evidence.timing().by(message) < from)
              .filter(message -> !has.contains(message.id()))
              .filter(message -> evidence.access().owes(caughtUp.user(), message, at))
              .forEach(message -> broken.add(caughtUp.device() + " was not given " + message));
        }
        default -> {}
      }
    }
    return broken.build();
  }

  static Stream<String> pagesAreStable(Evidence evidence) {
    Map<Integer, Integer> begun = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    List<Entry> entries = evidence.entries();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      switch (entries.get(at)) {
        case Entry.WalkStarted started -> begun.put(started.walk(), at);
        case Entry.Walked walked -> {
          int from = begun.getOrDefault(walked.walk(), -1);
          Set<String> read = new HashSet<>();
          walked.messages().forEach(message -> read.add(message.id()));
          if (!goesDown(walked.messages())) {
            broken.add(walked.user() + " read pages out of order: " + walked.messages());
          } else {
            evidence.storedIn(walked.conversation()).stream()
                .filter(message -> evidence.timing().by(message) < from)
                .filter(message -> !read.contains(message.id()))
                .filter(message -> evidence.access().owes(walked.user(), message, at))
                .forEach(message -> broken.add(walked.user() + " did not read " + message));
          }
        }
        default -> {}
      }
    }
    return broken.build();
  }

  private static boolean goesDown(List<Message> messages) {
    for (int i = 1; i < messages.size(); i++) {
      if (messages.get(i).seq() >= messages.get(i - 1).seq()) {
        return false;
      }
    }
    return true;
  }

  /**
   * No system message is unread. One has read as far as one has written, what there was when one
   * came, what one has said, perhaps what one has said without an answer and, where one has blocked
   * the other, perhaps what there was then. While a user blocks the other one of two, what that one
   * writes counts for nothing.
   */
  static Stream<String> unreadIsWhatIsStored(Evidence evidence) {
    return evidence
        .of(Entry.Counted.class)
        .filter(
            counted -> {
              List<Message> stored = evidence.storedIn(counted.conversation());
              long all = stored.isEmpty() ? 0 : stored.getLast().seq();
              long least =
                  firstUnread(counted, all, said(counted, evidence, Said::isSo), evidence) - 1;
              long most =
                  mayHaveBlocked(counted, evidence)
                      ? all
                      : firstUnread(counted, all, said(counted, evidence, Said::mayBeSo), evidence)
                          - 1;
              long last = mayBlock(counted, evidence) ? newest(counted, evidence) : all;
              return counted.lastSeq() < last
                  || counted.lastSeq() > all
                  || counted.lastReadSeq() < Math.min(least, counted.lastSeq())
                  || counted.lastReadSeq() > most;
            })
        .map(counted -> "not what is stored: " + counted);
  }

  private static long said(Entry.Counted counted, Evidence evidence, Predicate<Said> counts) {
    return evidence.receipts().said(counted.user(), counted.conversation()).stream()
        .filter(counts)
        .mapToLong(said -> said.what().read())
        .max()
        .orElse(0);
  }

  private static long firstUnread(Entry.Counted counted, long all, long said, Evidence evidence) {
    String user = counted.user();
    List<Message> stored = evidence.storedIn(counted.conversation());
    long written =
        stored.stream()
            .filter(Message::isWritten)
            .filter(message -> message.sender().equals(user))
            .mapToLong(Message::seq)
            .max()
            .orElse(0);
    Story story = evidence.stories().get(counted.conversation());
    long there =
        story == null
            ? 0
            : story.stays(user).stream().mapToLong(stay -> stay.from().seq() - 1).max().orElse(0);
    return stored.stream()
        .filter(message -> message.seq() > Math.max(said, Math.max(there, written)))
        .filter(Message::isWritten)
        .filter(message -> !message.sender().equals(user))
        .filter(message -> evidence.access().reads(user, message))
        .mapToLong(Message::seq)
        .min()
        .orElse(all + 1);
  }

  /** The seq of the newest message that is theirs to get for sure. */
  private static long newest(Entry.Counted counted, Evidence evidence) {
    return evidence.storedIn(counted.conversation()).stream()
        .filter(message -> evidence.access().owes(counted.user(), message, Integer.MAX_VALUE))
        .mapToLong(Message::seq)
        .max()
        .orElse(0);
  }

  /** Whether they may block the other one of two in the end. */
  private static boolean mayBlock(Entry.Counted counted, Evidence evidence) {
    int end = evidence.entries().size();
    return evidence.participants(counted.conversation()).stream()
        .anyMatch(other -> evidence.blocks().mayBe(true, counted.user(), other, end, end));
  }

  private static boolean mayHaveBlocked(Entry.Counted counted, Evidence evidence) {
    return evidence.participants(counted.conversation()).stream()
        .anyMatch(other -> evidence.blocks().wanted(counted.user(), other));
  }

  private static boolean isShown(Entry.Counted counted, Message newest, Evidence evidence) {
    Stream<Message> versions =
        evidence.access().mayKeep(counted.user(), newest)
            ? evidence.versionsOf(newest.id())
            : Stream.of(newest);
    return versions
        .map(version -> preview(version.content()))
        .anyMatch(counted.lastMessage()::equals);
  }

  /** What a list shows of a message: its first 200 characters. */
  private static String preview(String content) {
    return content
        .codePoints()
        .limit(200)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Stream<String> listShowsTheNewest(Evidence evidence) {
    return evidence
        .of(Entry.Counted.class)
        .filter(
            counted ->
                evidence.storedIn(counted.conversation()).reversed().stream()
                    .filter(message -> evidence.access().reads(counted.user(), message))
                    .findFirst()
                    .map(newest -> !isShown(counted, newest, evidence))
                    .orElse(!counted.lastMessage().isEmpty()))
        .map(counted -> "not the newest message that they may read: " + counted);
  }
}
