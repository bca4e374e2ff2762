package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about what reaches clients. */
final class DeliveryRules {
  private DeliveryRules() {}

  static Stream<String> shownIsStored(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> !shown.message().equals(evidence.stored(shown.message().id())))
        .map(shown -> shown + " is not what is stored");
  }

  static Stream<String> nothingToOthers(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> !evidence.takesPart(shown.user(), shown.message().conversation()))
        .map(shown -> shown + " was none of theirs");
  }

  static Stream<String> handedToEveryLink(Evidence evidence) {
    Map<Draft.Key, Integer> firstTried = new HashMap<>();
    Map<Link, Integer> openSince = new HashMap<>();
    Map<Link, Set<String>> received = new HashMap<>();
    Set<String> missing = new HashSet<>();
    List<String> givenUp = evidence.of(Entry.GivenUp.class).map(Entry.GivenUp::event).toList();
    List<Entry> entries = evidence.entries();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Tried tried -> firstTried.putIfAbsent(tried.draft().key(), at);
        case Entry.Connected connected -> openSince.put(connected.link(), at);
        case Entry.Closed closed -> openSince.remove(closed.link());
        case Entry.Received message ->
            received
                .computeIfAbsent(message.link(), link -> new HashSet<>())
                .add(message.message().id());
        case Entry.Settled _ ->
            openSince.forEach(
                (link, since) ->
                    evidence.stored().stream()
                        .filter(message -> evidence.takesPart(link.user(), message.conversation()))
                        .filter(
                            message -> firstTried.getOrDefault(message.draft().key(), -1) > since)
                        .filter(
                            message ->
                                !received.getOrDefault(link, Set.of()).contains(message.id()))
                        .filter(
                            message ->
                                givenUp.stream().noneMatch(event -> event.contains(message.id())))
                        .forEach(message -> missing.add(link + " never got " + message)));
        default -> {}
      }
    }
    return missing.stream();
  }

  /** Follows what each device knows, entry by entry, as the device itself does. */
  static Stream<String> orderedOrNoticed(Evidence evidence) {
    Map<String, Knowledge> devices = new HashMap<>();
    Map<String, Entry.Received> jumps = new HashMap<>();
    Stream.Builder<String> broken = Stream.builder();
    for (Entry entry : evidence.entries()) {
      switch (entry) {
        case Entry.Received received -> {
          String device = received.link().device();
          Entry.Received overlooked = jumps.remove(device);
          if (overlooked != null) {
            broken.add("a gap before it was not noticed: " + overlooked);
          }
          if (knowledge(devices, device).jumps(received.message())) {
            jumps.put(device, received);
          }
          knowledge(devices, device).add(received.message());
        }
        case Entry.GapNoticed noticed -> jumps.remove(noticed.link().device());
        case Entry.CaughtUp caughtUp ->
            caughtUp.messages().forEach(knowledge(devices, caughtUp.device())::add);
        default -> {}
      }
    }
    jumps.values().forEach(jump -> broken.add("a gap before it was not noticed: " + jump));
    return broken.build();
  }

  private static Knowledge knowledge(Map<String, Knowledge> devices, String device) {
    return devices.computeIfAbsent(device, name -> new Knowledge());
  }

  static Stream<String> liveAndCaughtUpIsStored(Evidence evidence) {
    Map<String, String> users = new HashMap<>();
    Map<String, Set<String>> known = new HashMap<>();
    for (Entry entry : evidence.entries()) {
      switch (entry) {
        case Entry.Connected connected ->
            users.put(connected.link().device(), connected.link().user());
        case Entry.Received received ->
            known
                .computeIfAbsent(received.link().device(), device -> new HashSet<>())
                .add(received.message().id());
        case Entry.CaughtUp caughtUp -> {
          users.put(caughtUp.device(), caughtUp.user());
          known
              .computeIfAbsent(caughtUp.device(), device -> new HashSet<>())
              .addAll(caughtUp.messages().stream().map(Message::id).collect(Collectors.toSet()));
        }
        default -> {}
      }
    }
    return users.entrySet().stream()
        .flatMap(
            device ->
                evidence.stored().stream()
                    .filter(
                        message -> evidence.takesPart(device.getValue(), message.conversation()))
                    .filter(
                        message ->
                            !known.getOrDefault(device.getKey(), Set.of()).contains(message.id()))
                    .map(message -> device.getKey() + " was never given " + message));
  }
}
