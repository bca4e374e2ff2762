package parley.checker;

import java.util.stream.Stream;

/** Rules about messages that were edited, deleted or cleared away. */
final class VersionRules {
  private VersionRules() {}

  static Stream<String> lastChangeIsStored(Evidence evidence) {
    return evidence.stored().stream()
        .filter(message -> evidence.versions().isOutdated(message, Integer.MAX_VALUE))
        .map(message -> "what was changed later is not stored: " + message);
  }

  static Stream<String> readingGivesTheLast(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> shown.asked() >= 0)
        .filter(shown -> evidence.access().isOutdated(shown.user(), shown.message(), shown.asked()))
        .map(shown -> shown + ", which had been changed");
  }

  static Stream<String> deletedForOneselfIsGone(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> shown.asked() >= 0)
        .filter(shown -> evidence.versions().isHidden(shown.user(), shown.message(), shown.asked()))
        .map(shown -> shown + ", which they had deleted for themselves");
  }

  static Stream<String> clearedStaysAway(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> shown.asked() >= 0)
        .filter(
            shown -> evidence.clearings().isCleared(shown.user(), shown.message(), shown.asked()))
        .map(shown -> shown + ", which they had cleared away");
  }

  /** Whether a change of a message was rightly answered with this code. */
  static boolean mayBeDenied(
      Evidence evidence, Change.OfMessage change, String code, int from, int to) {
    Message message = evidence.stored(change.message());
    if (message == null) {
      return code.equals("MESSAGE_NOT_FOUND");
    }
    return switch (code) {
      case "MESSAGE_NOT_FOUND" -> !evidence.access().owes(change.by(), message, to);
      case "NOT_YOUR_MESSAGE" ->
          !message.sender().equals(change.by())
              && (change instanceof Change.Edit
                  || !isGroup(evidence, message)
                  || GroupRules.wasEver(
                      evidence,
                      message.conversation(),
                      from,
                      to,
                      state -> !state.administers(change.by())));
      case "MESSAGE_DELETED" ->
          change instanceof Change.Edit && evidence.versions().mayBeDeleted(message, to);
      case "BLOCKED_BY_YOU" ->
          evidence.participants(message.conversation()).stream()
              .anyMatch(other -> evidence.blocks().mayBe(true, change.by(), other, from, to));
      default -> false;
    };
  }

  /** Whether who changed a message may have done so. */
  static boolean mayBeMade(Evidence evidence, Change.OfMessage change, int from, int to) {
    Message message = evidence.stored(change.message());
    return message != null
        && switch (change) {
          case Change.Edit edit -> message.sender().equals(edit.by());
          case Change.Delete delete ->
              message.sender().equals(delete.by())
                  || GroupRules.wasEver(
                      evidence,
                      message.conversation(),
                      from,
                      to,
                      state -> state.administers(delete.by()));
          case Change.Hide _ -> true;
        };
  }

  private static boolean isGroup(Evidence evidence, Message message) {
    return evidence.stories().containsKey(message.conversation());
  }
}
