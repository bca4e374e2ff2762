package parley.checker;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about people, and about what a device has that follows the feed. */
final class PeopleRules {
  private PeopleRules() {}

  static Stream<String> followedIsFresh(Evidence evidence) {
    Map<String, Entry.Held> fresh =
        evidence
            .of(Entry.Held.class)
            .filter(Entry.Held::begun)
            .collect(Collectors.toMap(Entry.Held::user, Function.identity()));
    return evidence
        .of(Entry.Held.class)
        .filter(held -> !held.begun())
        .flatMap(held -> differences(held, Objects.requireNonNull(fresh.get(held.user()))));
  }

  private static Stream<String> differences(Entry.Held held, Entry.Held fresh) {
    TreeSet<String> types = new TreeSet<>(held.things().keySet());
    types.addAll(fresh.things().keySet());
    return types.stream()
        .flatMap(
            type -> {
              Map<String, String> has = held.things().getOrDefault(type, Map.of());
              Map<String, String> given = fresh.things().getOrDefault(type, Map.of());
              TreeSet<String> ids = new TreeSet<>(has.keySet());
              ids.addAll(given.keySet());
              return ids.stream()
                  .filter(id -> !Objects.equals(has.get(id), given.get(id)))
                  .map(
                      id ->
                          "%s has of %s %s: %s; who begins now is given %s"
                              .formatted(held.device(), type, id, has.get(id), given.get(id)));
            });
  }

  static Stream<String> everybodyIsShownAsTheyAre(Evidence evidence) {
    Map<String, String> profiles =
        evidence
            .of(Entry.ProfileRead.class)
            .collect(Collectors.toMap(Entry.ProfileRead::user, Entry.ProfileRead::profile));
    return evidence
        .of(Entry.Held.class)
        .flatMap(
            held ->
                Stream.concat(
                    held.nameless().stream().map(user -> held.device() + " cannot show " + user),
                    held.people().entrySet().stream()
                        .filter(person -> !person.getValue().equals(profiles.get(person.getKey())))
                        .map(
                            person ->
                                "%s shows %s and not %s"
                                    .formatted(
                                        held.device(),
                                        person.getValue(),
                                        profiles.get(person.getKey())))));
  }

  /** What was asked for before another name was answered may have come before it. */
  static Stream<String> lastNameIsKept(Evidence evidence) {
    Map<String, List<Request>> renames =
        Request.of(evidence.entries()).stream()
            .filter(request -> request.change() instanceof Change.Rename)
            .collect(Collectors.groupingBy(request -> request.change().by()));
    return evidence
        .of(Entry.ProfileRead.class)
        .filter(
            read -> {
              List<Request> asked = renames.getOrDefault(read.user(), List.of());
              return asked.stream().anyMatch(Request::made)
                  && asked.stream()
                      .filter(
                          request ->
                              request.change() instanceof Change.Rename rename
                                  && rename.name().equals(read.name()))
                      .noneMatch(
                          request ->
                              asked.stream()
                                  .noneMatch(
                                      other -> other.made() && other.begun() > request.ended()));
            })
        .map(read -> read.user() + " is called " + read.name());
  }
}
