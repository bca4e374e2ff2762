package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who wanted to change which message, and what of it they were told. */
final class Versions {
  private final Map<String, List<Request>> attempts = new HashMap<>();
  private final Map<String, List<Request>> hiding = new HashMap<>();

  Versions(List<Request> requests) {
    for (Request request : requests) {
      if (request.change() instanceof Change.OfMessage change) {
        (change instanceof Change.Hide ? hiding : attempts)
            .computeIfAbsent(change.message(), id -> new ArrayList<>())
            .add(request);
      }
    }
  }

  private static boolean gives(Request attempt, Message version) {
    return switch (attempt.change()) {
      case Change.Edit edit ->
          !version.isAsSent() && !version.deleted() && version.content().equals(edit.content());
      case Change.Delete _ -> version.deleted() && version.content().isEmpty();
      default -> false;
    };
  }

  /** Every request to edit or to delete this message. */
  List<Request> attempts(Message message) {
    return attempts.getOrDefault(message.id(), List.of());
  }

  /** The requests that may have given it this version. */
  List<Request> of(Message version) {
    return attempts(version).stream().filter(attempt -> gives(attempt, version)).toList();
  }

  /**
   * Whether a change was answered before an entry that came after whatever may have given the
   * message this version. What is deleted stays so.
   */
  boolean isOutdated(Message version, int at) {
    return isOutdated(version, at, attempt -> true);
  }

  /** The same, of the changes that fit only. */
  boolean isOutdated(Message version, int at, Predicate<Request> counts) {
    int last = of(version).stream().mapToInt(Request::ended).max().orElse(-1);
    return !version.deleted()
        && attempts(version).stream()
            .filter(attempt -> attempt.made() && attempt.ended() < at && !gives(attempt, version))
            .filter(counts)
            .anyMatch(
                attempt -> attempt.change() instanceof Change.Delete || attempt.begun() > last);
  }

  /** What edits that were asked for before an entry may have made of a message. */
  Stream<Message> edited(Message message, int before) {
    return attempts(message).stream()
        .filter(attempt -> attempt.begun() < before)
        .map(Request::change)
        .filter(Change.Edit.class::isInstance)
        .map(edit -> message.as(((Change.Edit) edit).content(), "edited", false));
  }

  /** Whether a message may have been deleted for everyone before an entry. */
  boolean mayBeDeleted(Message message, int before) {
    return attempts(message).stream()
        .anyMatch(attempt -> attempt.change() instanceof Change.Delete && attempt.begun() < before);
  }

  /** Whether this user may have deleted it for themselves before an entry. */
  boolean mayBeHidden(String user, Message message, int before) {
    return hiding.getOrDefault(message.id(), List.of()).stream()
        .anyMatch(attempt -> attempt.change().by().equals(user) && attempt.begun() <= before);
  }

  /** Whether this user was told, before an entry, that it is deleted for them. */
  boolean isHidden(String user, Message message, int before) {
    return hiding.getOrDefault(message.id(), List.of()).stream()
        .filter(Request::made)
        .anyMatch(attempt -> attempt.change().by().equals(user) && attempt.ended() < before);
  }
}
