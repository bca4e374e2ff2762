package parley.checker;

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

  static Stream<String> goodMessageIsNotRefused(Evidence evidence) {
    return evidence
        .of(Entry.Refused.class)
        .filter(refused -> !TRY_AGAIN.contains(refused.code()))
        .filter(refused -> !isOtherBody(refused.draft(), evidence))
        .filter(refused -> !GroupRules.isOutsideWhenRefused(refused, evidence))
        .filter(refused -> !ForwardRules.isOfNothingWhenRefused(refused, evidence))
        .filter(refused -> !BlockRules.mayBlockWhenRefused(refused, evidence))
        .map(refused -> refused.draft() + " was refused: " + refused.code());
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
