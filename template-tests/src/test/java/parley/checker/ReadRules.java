package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what reading gives. */
final class ReadRules {
  private ReadRules() {}

  static Stream<String> caughtUpInOrder(Evidence evidence) {
    return evidence
        .of(Entry.CaughtUp.class)
        .flatMap(
            caughtUp ->
                caughtUp.messages().stream()
                    .collect(Collectors.groupingBy(Message::conversation))
                    .values()
                    .stream()
                    .filter(messages -> !isAscending(messages))
                    .map(messages -> caughtUp.device() + " was given in this order: " + messages));
  }

  private static boolean isAscending(List<Message> messages) {
    long last = 0;
    for (Message message : messages) {
      if (message.seq() <= last) {
        return false;
      }
      last = message.seq();
    }
    return true;
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
