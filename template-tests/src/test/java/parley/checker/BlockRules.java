package parley.checker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about who blocks whom. */
final class BlockRules {
  private BlockRules() {}

  /** Whether a refusal may be because the sender blocks the other one. */
  static boolean mayBlockWhenRefused(Entry.Refused refused, int at, Evidence evidence) {
    return refused.code().equals("BLOCKED_BY_YOU")
        && refused.draft().conversations().stream()
            .flatMap(conversation -> others(refused.draft().sender(), conversation, evidence))
            .anyMatch(
                other ->
                    evidence
                        .blocks()
                        .mayBe(
                            true,
                            refused.draft().sender(),
                            other,
                            evidence.firstTriedAt(refused.draft().key()),
                            at));
  }

  static Stream<String> blockerDoesNotWrite(Evidence evidence) {
    List<Entry> entries = evidence.entries();
    Stream.Builder<String> broken = Stream.builder();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      if (entries.get(at) instanceof Entry.Acked acked) {
        int from = evidence.firstTriedAt(acked.draft().key());
        others(acked.draft().sender(), acked.draft().conversation(), evidence)
            .filter(
                other -> !evidence.blocks().mayBe(false, acked.draft().sender(), other, from, at))
            .forEach(other -> broken.add(acked.draft() + " was written to " + other));
      }
    }
    return broken.build();
  }

  private static Stream<String> others(String sender, String conversation, Evidence evidence) {
    return evidence.participants(conversation).stream().filter(user -> !user.equals(sender));
  }

  static Stream<String> blockIsSecret(Evidence evidence) {
    Set<Change> wanted = new HashSet<>();
    evidence.of(Entry.Wanted.class).map(Entry.Wanted::change).forEach(wanted::add);
    return evidence
        .of(Entry.BlockNoticed.class)
        .filter(noticed -> !wanted.contains(noticed.change()))
        .map(noticed -> "told to somebody else: " + noticed);
  }

  static Stream<String> blocksAreThoseMade(Evidence evidence) {
    int end = evidence.entries().size();
    return evidence
        .of(Entry.BlocksRead.class)
        .flatMap(
            read ->
                evidence.users().stream()
                    .filter(
                        other ->
                            !evidence
                                .blocks()
                                .mayBe(
                                    read.blocked().contains(other), read.user(), other, end, end))
                    .map(other -> read + " is not so of " + other));
  }
}
