package parley.checker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Rules about what is stored. */
final class StorageRules {
  private StorageRules() {}

  /** Looks at each message's first acknowledgement; others must be the same, by another rule. */
  static Stream<String> ackedIsStored(Evidence evidence) {
    Map<Draft.Key, Entry.Acked> first = new LinkedHashMap<>();
    evidence.of(Entry.Acked.class).forEach(acked -> first.putIfAbsent(acked.draft().key(), acked));
    return first.values().stream()
        .filter(
            acked -> !acked.draft().gives(acked.message()) || !isStored(acked.message(), evidence))
        .map(acked -> "not stored so: " + acked);
  }

  private static boolean isStored(Message message, Evidence evidence) {
    Message stored = evidence.stored(message.id());
    return stored != null && stored.isSameAs(message);
  }

  static Stream<String> storedOnce(Evidence evidence) {
    return evidence.stored().stream()
        .filter(Message::isWritten)
        .collect(Collectors.groupingBy(Message::key))
        .values()
        .stream()
        .filter(messages -> messages.size() > 1)
        .map(messages -> "stored more than once: " + messages);
  }

  static Stream<String> storedWasSent(Evidence evidence) {
    return evidence.stored().stream()
        .filter(Message::isWritten)
        .filter(message -> !isWanted(message, evidence))
        .map(message -> "stored but not sent so: " + message);
  }

  /** Whether it is as it was sent, or as somebody wanted to change it. */
  static boolean isWanted(Message message, Evidence evidence) {
    Draft first = evidence.firstTry(message.key());
    return first != null
        && first.gives(message)
        && (message.isAsSent() || !evidence.versions().of(message).isEmpty());
  }

  static Stream<String> numberedWithoutGap(Evidence evidence) {
    return evidence.conversations().stream()
        .filter(
            conversation -> {
              List<Long> seqs = evidence.storedIn(conversation).stream().map(Message::seq).toList();
              return !seqs.equals(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
            })
        .map(
            conversation ->
                "the numbers of " + conversation + ": " + evidence.storedIn(conversation));
  }
}
