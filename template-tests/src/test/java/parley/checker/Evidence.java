package parley.checker;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A history with what rules look up in it. */
final class Evidence {
  private final List<Entry> entries;
  private final Map<String, Set<String>> participants;
  private final List<Message> stored;
  private final Map<String, Message> storedById;
  private final Map<String, List<Message>> storedByConversation;
  private final Map<Draft.Key, Draft> firstTries = new HashMap<>();

  Evidence(History history) {
    entries = history.entries();
    participants =
        of(Entry.Opened.class)
            .collect(Collectors.toMap(Entry.Opened::conversation, Entry.Opened::participants));
    stored = of(Entry.Stored.class).map(Entry.Stored::message).toList();
    storedById =
        stored.stream().collect(Collectors.toMap(Message::id, Function.identity(), (a, b) -> a));
    storedByConversation =
        stored.stream()
            .sorted(Comparator.comparingLong(Message::seq))
            .collect(Collectors.groupingBy(Message::conversation));
    of(Entry.Tried.class)
        .map(Entry.Tried::draft)
        .forEach(draft -> firstTries.putIfAbsent(draft.key(), draft));
  }

  List<Entry> entries() {
    return entries;
  }

  <E extends Entry> Stream<E> of(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Everything stored, in no order. */
  List<Message> stored() {
    return stored;
  }

  @Nullable Message stored(String id) {
    return storedById.get(id);
  }

  Set<String> conversations() {
    return participants.keySet();
  }

  /** What is stored of a conversation, by seq. */
  List<Message> storedIn(String conversation) {
    return storedByConversation.getOrDefault(conversation, List.of());
  }

  boolean takesPart(String user, String conversation) {
    return participants.getOrDefault(conversation, Set.of()).contains(user);
  }

  /** What was first tried under a sender's clientId; null if nothing was. */
  @Nullable Draft firstTry(Draft.Key key) {
    return firstTries.get(key);
  }

  /** A message that a user was shown, and how. */
  record Shown(String user, String how, Message message) {}

  /** Every message that anybody was shown, live or by reading. */
  Stream<Shown> shown() {
    return entries.stream()
        .flatMap(
            entry ->
                switch (entry) {
                  case Entry.Received received ->
                      Stream.of(
                          new Shown(
                              received.link().user(),
                              "over " + received.link(),
                              received.message()));
                  case Entry.CaughtUp caughtUp ->
                      caughtUp.messages().stream()
                          .map(message -> new Shown(caughtUp.user(), "by catching up", message));
                  case Entry.Walked walked ->
                      walked.messages().stream()
                          .map(message -> new Shown(walked.user(), "in the history", message));
                  default -> Stream.of();
                });
  }
}
