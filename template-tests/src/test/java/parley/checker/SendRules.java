package parley.checker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about the answers that senders get. */
final class SendRules {
  /** Answers after which a client may try again. */
  static final Set<String> TRY_AGAIN = Set.of("SERVICE_UNAVAILABLE", "INTERNAL");

  private SendRules() {}

  static Stream<String> retryGivesFirstResult(Evidence evidence) {
    return evidence
        .of(Entry.Acked.class)
        .collect(
            Collectors.groupingBy(
                acked -> acked.draft().key(),
                Collectors.mapping(acked -> acked.message().identity(), Collectors.toSet())))
        .entrySet()
        .stream()
        .filter(results -> results.getValue().size() > 1)
        .map(results -> results.getKey() + " was acknowledged as " + results.getValue());
  }

  static Stream<String> otherBodyIsRefused(Evidence evidence) {
    return evidence
        .of(Entry.Acked.class)
        .filter(acked -> isOtherBody(acked.draft(), evidence))
        .filter(acked -> evidence.versions().attempts(acked.message()).isEmpty())
        .map(acked -> "another body was acknowledged: " + acked.draft());
  }

  /** What was acknowledged before is not refused at all. */
  static Stream<String> goodMessageIsNotRefused(Evidence evidence) {
    Map<Draft, Integer> tried = new HashMap<>();
    Map<Draft, Integer> acked = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    List<Entry> entries = evidence.entries();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Tried entry -> tried.put(entry.draft(), at);
        case Entry.Acked entry -> acked.putIfAbsent(entry.draft(), at);
        case Entry.Refused refused
            when !TRY_AGAIN.contains(refused.code()) && !isOtherBody(refused.draft(), evidence) -> {
          int lastTried = tried.getOrDefault(refused.draft(), -1);
          if (acked.getOrDefault(refused.draft(), Integer.MAX_VALUE) < lastTried
              || !isForAReason(refused, at, evidence)) {
            broken.add(refused.draft() + " was refused: " + refused.code());
          }
        }
        default -> {}
      }
    }
    return broken.build();
  }

  private static boolean isForAReason(Entry.Refused refused, int at, Evidence evidence) {
    return GroupRules.isOutsideWhenRefused(refused, at, evidence)
        || ForwardRules.isOfNothingWhenRefused(refused, at, evidence)
        || BlockRules.mayBlockWhenRefused(refused, at, evidence);
  }

  /** Of groups another rule holds it, by who was in them when. */
  static Stream<String> onlyParticipantsWrite(Evidence evidence) {
    return evidence.stored().stream()
        .filter(message -> !evidence.stories().containsKey(message.conversation()))
        .filter(
            message -> !evidence.participants(message.conversation()).contains(message.sender()))
        .map(message -> "written by somebody else: " + message);
  }

  private static boolean isOtherBody(Draft draft, Evidence evidence) {
    Draft first = evidence.firstTry(draft.key());
    return first != null && !draft.equals(first);
  }
}
