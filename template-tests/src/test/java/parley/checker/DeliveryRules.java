package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about what reaches clients. */
final class DeliveryRules {
  private DeliveryRules() {}

  static Stream<String> shownIsStored(Evidence evidence) {
    return evidence
        .shown()
        .filter(shown -> !isStored(shown.message(), evidence))
        .map(shown -> shown + " is not what is stored");
  }

  /** Whether it is what is stored, or was before somebody changed it. */
  private static boolean isStored(Message shown, Evidence evidence) {
    Message stored = evidence.stored(shown.id());
    return stored != null
        && (shown.equals(stored)
            || (stored.isNewerThan(shown)
                && stored.isSameAs(shown)
                && StorageRules.isWanted(shown, evidence)));
  }

  static Stream<String> nothingToOthers(Evidence evidence) {
    return evidence
        .shown()
        .filter(
            shown -> !evidence.access().everTookPart(shown.user(), shown.message().conversation()))
        .map(shown -> shown + ", which was none of theirs");
  }

  static Stream<String> nothingOutsideAStay(Evidence evidence) {
    Access access = evidence.access();
    return evidence
        .shown()
        .filter(shown -> access.everTookPart(shown.user(), shown.message().conversation()))
        .filter(
            shown ->
                !access.isWithinAStay(shown.user(), shown.message(), shown.asked(), shown.at()))
        .map(shown -> shown + ", which is of a time in which they were not in the group");
  }

  static Stream<String> nothingOfTheBlocked(Evidence evidence) {
    return evidence
        .shown()
        .filter(
            shown ->
                evidence.access().isHidden(shown.user(), shown.message())
                    || evidence.access().isChangedWhileBlocked(shown.user(), shown.message()))
        .map(shown -> shown + ", which is of somebody whom they blocked");
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
        case Entry.Settled _ -> {
          int settled = at;
          openSince.forEach(
              (link, since) ->
                  evidence.stored().stream()
                      .filter(Message::isWritten)
                      .filter(message -> evidence.access().owes(link.user(), message, settled))
                      .filter(message -> firstTried.getOrDefault(message.key(), -1) > since)
                      .filter(
                          message -> !received.getOrDefault(link, Set.of()).contains(message.id()))
                      .filter(
                          message ->
                              givenUp.stream().noneMatch(event -> event.contains(message.id())))
                      .forEach(message -> missing.add(link + " never got " + message)));
        }
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
        case Entry.CatchUpStarted started -> knowledge(devices, started.device()).startCatchingUp();
        case Entry.CaughtUp caughtUp ->
            knowledge(devices, caughtUp.device()).finishCatchingUp(caughtUp.messages());
        default -> {}
      }
    }
    jumps.values().forEach(jump -> broken.add("a gap before it was not noticed: " + jump));
    return broken.build();
  }

  private static Knowledge knowledge(Map<String, Knowledge> devices, String device) {
    return devices.computeIfAbsent(device, name -> new Knowledge());
  }
}
