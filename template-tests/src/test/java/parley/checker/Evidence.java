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
  private final Map<String, Set<Message>> versionsById;
  private final Map<Draft.Key, Draft> firstTries = new HashMap<>();
  private final Map<Draft.Key, Integer> firstTriedAt = new HashMap<>();
  private final Map<String, Story> stories;
  private final Blocks blocks;
  private final Timing timing;
  private final Versions versions;
  private final Clearings clearings;
  private final Access access;
  private final Receipts receipts;

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
    for (int at = 0; at < entries.size(); at++) {
      if (entries.get(at) instanceof Entry.Tried tried) {
        firstTries.putIfAbsent(tried.draft().key(), tried.draft());
        firstTriedAt.putIfAbsent(tried.draft().key(), at);
      }
    }
    stories =
        of(Entry.Founded.class)
            .collect(
                Collectors.toMap(
                    Entry.Founded::group,
                    founded -> new Story(founded.history(), storedIn(founded.group()))));
    blocks = new Blocks(entries);
    timing =
        new Timing(
            entries, stored.stream().sorted(Comparator.comparingLong(Message::seq)).toList());
    List<Request> requests = Request.of(entries);
    versions = new Versions(requests);
    clearings = new Clearings(entries, requests, timing);
    access = new Access(entries, participants, stories, blocks, timing, versions, clearings);
    receipts = new Receipts(entries, clearings);
    versionsById =
        Stream.of(
                stored.stream(),
                of(Entry.Acked.class).map(Entry.Acked::message),
                shown().map(Shown::message))
            .flatMap(Function.identity())
            .collect(Collectors.groupingBy(Message::id, Collectors.toSet()));
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
    return Stream.concat(participants.keySet().stream(), stories.keySet().stream())
        .collect(Collectors.toSet());
  }

  Set<String> participants(String conversation) {
    return participants.getOrDefault(conversation, Set.of());
  }

  /** Whether two are friends, as all are who have a conversation of their own. */
  boolean areFriends(String one, String other) {
    return participants.values().stream().anyMatch(two -> two.containsAll(Set.of(one, other)));
  }

  /** What the messages of each group tell, by the group's id. */
  Map<String, Story> stories() {
    return stories;
  }

  Blocks blocks() {
    return blocks;
  }

  Timing timing() {
    return timing;
  }

  Versions versions() {
    return versions;
  }

  Clearings clearings() {
    return clearings;
  }

  Access access() {
    return access;
  }

  Receipts receipts() {
    return receipts;
  }

  /** What is stored of a conversation, by seq. */
  List<Message> storedIn(String conversation) {
    return storedByConversation.getOrDefault(conversation, List.of());
  }

  /**
   * All versions of a message that anybody was shown or was told by an answer, or that is stored.
   */
  Stream<Message> versionsOf(String id) {
    return versionsById.getOrDefault(id, Set.of()).stream();
  }

  /** Everybody of whom there is anything. */
  Set<String> users() {
    return Stream.concat(
            participants.values().stream().flatMap(Set::stream),
            stories.values().stream().flatMap(story -> story.stays().stream()).map(Stay::user))
        .collect(Collectors.toSet());
  }

  /** The entry that says that a message was tried for the first time; -1 if it was not. */
  int firstTriedAt(Draft.Key key) {
    return firstTriedAt.getOrDefault(key, -1);
  }

  /** What was first tried under a sender's clientId; null if nothing was. */
  @Nullable Draft firstTry(Draft.Key key) {
    return firstTries.get(key);
  }

  /**
   * A message that a user was shown, and how.
   *
   * @param asked the entry at which the user began to read; -1 for what comes by itself
   * @param at the entry that says so
   */
  record Shown(String user, String how, Message message, int asked, int at) {
    @Override
    public String toString() {
      return user + " was shown " + how + " " + message;
    }
  }

  /** Every message that anybody was shown, live or by reading. */
  Stream<Shown> shown() {
    Map<Object, Integer> begun = new HashMap<>();
    Stream.Builder<Shown> all = Stream.builder();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      switch (entries.get(at)) {
        case Entry.Received received ->
            all.add(
                new Shown(
                    received.link().user(), "over " + received.link(), received.message(), -1, at));
        case Entry.Updated updated ->
            all.add(new Shown(updated.link().user(), "as changed", updated.message(), -1, at));
        case Entry.CatchUpStarted started -> begun.put(started.device(), at);
        case Entry.CaughtUp caughtUp -> {
          int from = begun.getOrDefault(caughtUp.device(), -1);
          caughtUp
              .messages()
              .forEach(
                  message ->
                      all.add(new Shown(caughtUp.user(), "by catching up", message, from, at)));
        }
        case Entry.WalkStarted started -> begun.put(started.walk(), at);
        case Entry.Walked walked -> {
          int from = begun.getOrDefault(walked.walk(), -1);
          walked
              .messages()
              .forEach(
                  message ->
                      all.add(new Shown(walked.user(), "in the history", message, from, at)));
        }
        case Entry.SearchStarted started -> begun.put(started.search(), at);
        case Entry.Found found -> {
          int from = begun.getOrDefault(found.search(), -1);
          found
              .messages()
              .forEach(
                  message -> all.add(new Shown(found.user(), "by searching", message, from, at)));
        }
        default -> {}
      }
    }
    return all.build();
  }
}
