package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about what reading gives. */
final class ReadRules {
  private ReadRules() {}

  static Stream<String> caughtUpIsComplete(Evidence evidence) {
    Set<Message> acked = new HashSet<>();
    Map<String, Set<Message>> known = new HashMap<>();
    Map<String, Set<Message>> owed = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    for (Entry entry : evidence.entries()) {
      switch (entry) {
        case Entry.Acked ack -> acked.add(ack.message());
        case Entry.Received received ->
            known
                .computeIfAbsent(received.link().device(), device -> new HashSet<>())
                .add(received.message());
        case Entry.CatchUpStarted started -> owed.put(started.device(), Set.copyOf(acked));
        case Entry.CaughtUp caughtUp -> {
          Set<Message> has = known.computeIfAbsent(caughtUp.device(), device -> new HashSet<>());
          has.addAll(caughtUp.messages());
          owed.getOrDefault(caughtUp.device(), Set.of()).stream()
              .filter(message -> evidence.takesPart(caughtUp.user(), message.conversation()))
              .filter(message -> !has.contains(message))
              .forEach(message -> broken.add(caughtUp.device() + " was not given " + message));
        }
        default -> {}
      }
    }
    return broken.build();
  }

  static Stream<String> pagesAreStable(Evidence evidence) {
    Map<Integer, Set<Message>> ackedBefore = new HashMap<>();
    Set<Message> acked = new HashSet<>();
    Stream.Builder<String> broken = Stream.builder();
    for (Entry entry : evidence.entries()) {
      switch (entry) {
        case Entry.Acked ack -> acked.add(ack.message());
        case Entry.WalkStarted started -> ackedBefore.put(started.walk(), Set.copyOf(acked));
        case Entry.Walked walked -> {
          List<Message> expected =
              ackedBefore.getOrDefault(walked.walk(), Set.of()).stream()
                  .filter(message -> message.conversation().equals(walked.conversation()))
                  .toList();
          if (!isCountdown(walked.messages())) {
            broken.add(walked.user() + " read pages out of order: " + walked.messages());
          } else if (!new HashSet<>(walked.messages()).containsAll(expected)) {
            broken.add(walked.user() + " did not read all that was acknowledged: " + walked);
          }
        }
        default -> {}
      }
    }
    return broken.build();
  }

  /** Whether the numbers go down to 1 by one each. */
  private static boolean isCountdown(List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).seq() != messages.size() - i) {
        return false;
      }
    }
    return true;
  }

  /** Nobody marks anything as read here, so that one has read as far as one has written. */
  static Stream<String> unreadIsWhatIsStored(Evidence evidence) {
    return evidence
        .of(Entry.Counted.class)
        .filter(
            counted -> {
              List<Message> stored = evidence.storedIn(counted.conversation());
              long read =
                  stored.stream()
                      .filter(message -> message.sender().equals(counted.user()))
                      .mapToLong(Message::seq)
                      .max()
                      .orElse(0);
              long unread = stored.stream().filter(message -> message.seq() > read).count();
              return counted.lastReadSeq() != read
                  || counted.lastSeq() - counted.lastReadSeq() != unread;
            })
        .map(counted -> "not what is stored: " + counted);
  }
}
