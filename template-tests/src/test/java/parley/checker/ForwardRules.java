package parley.checker;

import java.util.stream.Stream;

/** Rules about messages that answer others, and about copies. */
final class ForwardRules {
  private ForwardRules() {}

  static Stream<String> answeredWasSeen(Evidence evidence) {
    return evidence.stored().stream()
        .filter(Message::isWritten)
        .filter(message -> !answersWhatWasSeen(message, evidence))
        .map(message -> "answers what its sender did not see there: " + message);
  }

  /** By what its sender wanted: of a deleted message it is gone what it answers. */
  private static boolean answersWhatWasSeen(Message answer, Evidence evidence) {
    Draft first = evidence.firstTry(answer.key());
    if (first == null || first.replyTo().isEmpty()) {
      return true;
    }
    Message answered = evidence.stored(first.replyTo());
    return answered != null
        && answered.conversation().equals(answer.conversation())
        && answered.seq() < answer.seq()
        && wasSeen(answered, answer, evidence);
  }

  /** Whether the sender of a message may have seen another one when it was sent. */
  private static boolean wasSeen(Message other, Message message, Evidence evidence) {
    return evidence
        .access()
        .maySee(
            message.sender(),
            other,
            evidence.firstTriedAt(message.key()),
            evidence.timing().by(message));
  }

  static Stream<String> copyIsOfWhatWasSeen(Evidence evidence) {
    return evidence.stored().stream()
        .filter(Message::isWritten)
        .flatMap(message -> evidence.versionsOf(message.id()))
        .filter(version -> version.isAsSent() && !copiesWhatWasSeen(version, evidence))
        .map(version -> "copied, but not what its sender saw: " + version);
  }

  private static boolean copiesWhatWasSeen(Message copy, Evidence evidence) {
    Draft first = evidence.firstTry(copy.key());
    if (first == null || first.forward().isEmpty()) {
      return true;
    }
    Message original = evidence.stored(first.forward().get().message());
    return original != null
        && wasSeen(original, copy, evidence)
        && versions(original, evidence.timing().by(copy), evidence)
            .filter(version -> version.content().equals(copy.content()))
            .filter(
                version ->
                    !evidence
                        .access()
                        .isOutdated(copy.sender(), version, evidence.firstTriedAt(copy.key())))
            .anyMatch(version -> !evidence.access().isChangedWhileBlocked(copy.sender(), version));
  }

  /** What a message was at first, and may have become before an entry. */
  private static Stream<Message> versions(Message message, int before, Evidence evidence) {
    return Stream.concat(
        evidence.versionsOf(message.id()).filter(Message::isAsSent),
        evidence.versions().edited(message, before));
  }

  /** Whether a message was refused to who may not have seen what it answers or is a copy of. */
  static boolean isOfNothingWhenRefused(Entry.Refused refused, int at, Evidence evidence) {
    Draft draft = refused.draft();
    String id = draft.forward().map(Forward::message).orElse(draft.replyTo());
    if (id.isEmpty()) {
      return false;
    }
    Message other = evidence.stored(id);
    return switch (refused.code()) {
      case "MESSAGE_NOT_FOUND" ->
          other == null
              || (!draft.replyTo().isEmpty() && !other.conversation().equals(draft.conversation()))
              || !evidence.access().owes(draft.sender(), other, at);
      case "MESSAGE_DELETED" ->
          draft.forward().isPresent()
              && other != null
              && evidence.versions().mayBeDeleted(other, at);
      default -> false;
    };
  }
}
