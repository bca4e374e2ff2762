package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about groups and their members. */
final class GroupRules {
  /** So often a user adds the same other one to a group within a day. */
  private static final int ADDITIONS_IN_A_DAY = 50;

  private GroupRules() {}

  static Stream<String> conversationWasMade(Evidence evidence) {
    return evidence
        .of(Entry.Counted.class)
        .filter(counted -> !evidence.conversations().contains(counted.conversation()))
        .map(counted -> "nobody made it: " + counted);
  }

  static Stream<String> oneAfterTheOther(Evidence evidence) {
    return evidence.stories().values().stream().flatMap(story -> story.breaches().stream());
  }

  /**
   * What a change was of that was no change is told by no message; only a removal always is one.
   * How long messages stay between two is told once more at the end of a block.
   */
  static Stream<String> changeIsToldOnce(Evidence evidence) {
    Map<Change, Long> told =
        evidence.stored().stream()
            .flatMap(message -> message.change().stream())
            .filter(change -> !(change instanceof Change.Create))
            .filter(change -> !mayEndABlock(change, evidence))
            .collect(Collectors.groupingBy(change -> change, Collectors.counting()));
    Map<Change, Long> wanted = new HashMap<>();
    Map<Change, Long> removed = new HashMap<>();
    Map<Integer, Change> numbered = new HashMap<>();
    for (Entry entry : evidence.entries()) {
      if (entry instanceof Entry.Wanted want) {
        numbered.put(want.number(), want.change());
        wanted.merge(want.change(), 1L, Long::sum);
      } else if (entry instanceof Entry.Made made
          && numbered.get(made.number()) instanceof Change.Remove remove) {
        removed.merge(remove, 1L, Long::sum);
      }
    }
    Set<Change> all = new HashSet<>(told.keySet());
    all.addAll(removed.keySet());
    return all.stream()
        .filter(
            change ->
                told.getOrDefault(change, 0L) > wanted.getOrDefault(change, 0L)
                    || told.getOrDefault(change, 0L) < removed.getOrDefault(change, 0L))
        .map(
            change ->
                "%s was told %d times, wanted %d times"
                    .formatted(
                        change, told.getOrDefault(change, 0L), wanted.getOrDefault(change, 0L)));
  }

  private static boolean mayEndABlock(Change.OfGroup change, Evidence evidence) {
    return evidence.participants(change.group()).stream()
        .anyMatch(
            other ->
                evidence.blocks().wanted(change.by(), other)
                    || evidence.blocks().wanted(other, change.by()));
  }

  static Stream<String> answerIsTrue(Evidence evidence) {
    Map<Integer, Integer> begun = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    List<Entry> entries = evidence.entries();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Wanted wanted -> begun.put(wanted.number(), at);
        case Entry.Made made -> {
          Change change = wanted(evidence, begun, made.number());
          if (!isSo(evidence, change, begun.getOrDefault(made.number(), -1), at)) {
            broken.add("it was not so: " + change);
          }
        }
        case Entry.Denied denied -> {
          int from = begun.getOrDefault(denied.number(), -1);
          if (!isTrue(evidence, wanted(evidence, begun, denied.number()), denied, from, at)) {
            broken.add(
                "%s is not why this was refused: %s"
                    .formatted(denied.code(), wanted(evidence, begun, denied.number())));
          }
        }
        default -> {}
      }
    }
    return broken.build();
  }

  private static boolean isSo(Evidence evidence, Change change, int from, int to) {
    return switch (change) {
      case Change.Time time when isBetweenTwo(time, evidence) ->
          mayTakePart(true, time.by(), time.group(), evidence, from, to);
      case Change.OfGroup ofGroup ->
          wasEver(evidence, ofGroup.group(), from, to, state -> Answers.isMade(ofGroup, state));
      case Change.OfMessage ofMessage -> VersionRules.mayBeMade(evidence, ofMessage, from, to);
      case Change.Clear clear ->
          mayTakePart(true, clear.by(), clear.conversation(), evidence, from, to);
      case Change.Block _, Change.Unblock _, Change.Rename _ -> true;
    };
  }

  private static Change wanted(Evidence evidence, Map<Integer, Integer> begun, int number) {
    return ((Entry.Wanted) evidence.entries().get(begun.getOrDefault(number, 0))).change();
  }

  private static boolean isTrue(
      Evidence evidence, Change change, Entry.Denied denied, int from, int to) {
    if (SendRules.TRY_AGAIN.contains(denied.code())) {
      return true;
    }
    return switch (change) {
      case Change.Add add when denied.code().equals("NOT_FRIENDS") ->
          mayNotAdd(add, evidence, from, to);
      case Change.Add add when denied.code().equals("TOO_MANY_GROUPS_TODAY") ->
          additions(add, evidence, to) >= ADDITIONS_IN_A_DAY;
      case Change.Join join
          when denied.code().equals("INVITE_NOT_FOUND")
              && isBlockedFromInvites(join, evidence, from, to) ->
          true;
      case Change.Time time when isBetweenTwo(time, evidence) ->
          denied.code().equals("BLOCKED_BY_YOU") && mayBlockTheOther(time, evidence, from, to);
      case Change.OfGroup ofGroup ->
          wasEver(
              evidence,
              ofGroup.group(),
              from,
              to,
              state -> Answers.mayBeDenied(ofGroup, denied.code(), state));
      case Change.OfMessage ofMessage ->
          VersionRules.mayBeDenied(evidence, ofMessage, denied.code(), from, to);
      case Change.Clear clear ->
          denied.code().equals("CONVERSATION_NOT_FOUND")
              && mayTakePart(false, clear.by(), clear.conversation(), evidence, from, to);
      case Change.Block _, Change.Unblock _, Change.Rename _ -> false;
    };
  }

  private static boolean isBetweenTwo(Change.Time time, Evidence evidence) {
    return !evidence.stories().containsKey(time.group());
  }

  private static boolean mayBlockTheOther(Change.Time time, Evidence evidence, int from, int to) {
    return evidence.participants(time.group()).stream()
        .anyMatch(other -> evidence.blocks().mayBe(true, time.by(), other, from, to));
  }

  /** How often somebody was to be added by the same user, until then. */
  private static long additions(Change.Add add, Evidence evidence, int to) {
    return evidence.entries().subList(0, to).stream()
        .filter(
            entry ->
                entry instanceof Entry.Wanted wanted
                    && wanted.change() instanceof Change.Add other
                    && other.by().equals(add.by())
                    && other.member().equals(add.member()))
        .count();
  }

  /** Only friends are added, and nobody who blocks the other or is blocked by them. */
  private static boolean mayNotAdd(Change.Add add, Evidence evidence, int from, int to) {
    return !evidence.areFriends(add.by(), add.member())
        || evidence.blocks().mayBe(true, add.by(), add.member(), from, to)
        || evidence.blocks().mayBe(true, add.member(), add.by(), from, to);
  }

  /** There is no invite between two of whom one blocks the other; the founder makes all of them. */
  private static boolean isBlockedFromInvites(
      Change.Join join, Evidence evidence, int from, int to) {
    return evidence.storedIn(join.group()).stream()
        .flatMap(message -> message.change().stream())
        .filter(Change.Create.class::isInstance)
        .anyMatch(
            create ->
                evidence.blocks().mayBe(true, join.by(), create.by(), from, to)
                    || evidence.blocks().mayBe(true, create.by(), join.by(), from, to));
  }

  /** Whether a message was refused to who may have taken no part in where it was to go. */
  static boolean isOutsideWhenRefused(Entry.Refused refused, int at, Evidence evidence) {
    String sender = refused.draft().sender();
    int from = evidence.firstTriedAt(refused.draft().key());
    return refused.code().equals("CONVERSATION_NOT_FOUND")
        && refused.draft().conversations().stream()
            .anyMatch(conversation -> mayTakePart(false, sender, conversation, evidence, from, at));
  }

  /** Whether, at some time between two entries, somebody may have taken part in it, or not. */
  static boolean mayTakePart(
      boolean takesPart, String user, String conversation, Evidence evidence, int from, int to) {
    return evidence.stories().containsKey(conversation)
        ? wasEver(evidence, conversation, from, to, state -> state.has(user) == takesPart)
        : evidence.participants(conversation).contains(user) == takesPart;
  }

  /** Whether a group may have been so at some time between two entries. */
  static boolean wasEver(Evidence evidence, String group, int from, int to, Answers.Condition so) {
    Story story = evidence.stories().get(group);
    List<Message> messages = evidence.storedIn(group);
    long first =
        messages.stream()
            .filter(message -> evidence.timing().by(message) <= from)
            .mapToLong(Message::seq)
            .max()
            .orElse(0);
    long last =
        messages.stream()
            .filter(message -> evidence.timing().after(message) > to)
            .mapToLong(message -> message.seq() - 1)
            .min()
            .orElse(Long.MAX_VALUE);
    return story != null && story.wasEver(first, last, so::holds);
  }

  static Stream<String> membersAreAsTold(Evidence evidence) {
    return evidence
        .of(Entry.MembersRead.class)
        .filter(
            read -> {
              Story story = evidence.stories().get(read.group());
              return story == null
                  || !story.last().has(read.user())
                  || !story.last().roles().equals(read.roles());
            })
        .map(read -> "not what the group's changes give: " + read);
  }

  static Stream<String> joiningUsesAnInvite(Evidence evidence) {
    return evidence
        .of(Entry.InvitesRead.class)
        .filter(read -> read.uses() != usesShown(evidence, read.group()))
        .map(read -> "not as many as have come in by an invite: " + read);
  }

  /** An invite that has ended is not shown. */
  private static long usesShown(Evidence evidence, String group) {
    Story story = evidence.stories().get(group);
    return story == null || story.last().inviter().isEmpty()
        ? 0
        : evidence.storedIn(group).stream()
            .filter(message -> message.change().orElse(null) instanceof Change.Join)
            .count();
  }
}
