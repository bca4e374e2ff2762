package parley.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules about what a device has in the end, which keeps what it is given live and by catching up.
 */
final class DeviceRules {
  /** What a device was given. */
  private static final class Device {
    private final String name;
    private final String user;
    private final Map<String, Message> messages = new HashMap<>();
    private final Set<String> dropped = new HashSet<>();
    private final Map<String, Entry.Listed> conversations = new HashMap<>();

    private Device(String name, String user) {
      this.name = name;
      this.user = user;
    }

    /**
     * Of several versions of a message the newest one counts, in whatever order they come. What is
     * of a conversation that is gone is ignored until that comes again.
     */
    private void take(Message message) {
      Entry.Listed listed = conversations.get(message.conversation());
      if (listed == null || listed.there()) {
        messages.merge(message.id(), message, (old, given) -> given.isNewerThan(old) ? given : old);
      }
    }

    /** A conversation that is gone takes its messages with it. */
    private void take(Entry.Listed listed) {
      conversations.put(listed.conversation(), listed);
      if (!listed.there()) {
        messages.values().removeIf(message -> message.conversation().equals(listed.conversation()));
      }
    }

    /** Whether it keeps a message: not one of a conversation that is gone, or of a hidden past. */
    private boolean keeps(Message message) {
      Entry.Listed listed = conversations.get(message.conversation());
      return listed != null
          && listed.there()
          && !dropped.contains(message.id())
          && message.seq() > listed.visibleFromSeq();
    }
  }

  private DeviceRules() {}

  static Stream<String> liveAndCaughtUpIsStored(Evidence evidence) {
    return devices(evidence)
        .flatMap(device -> Stream.concat(missing(device, evidence), leftOver(device, evidence)));
  }

  private static Stream<String> missing(Device device, Evidence evidence) {
    Access access = evidence.access();
    return evidence.stored().stream()
        .filter(message -> access.reads(device.user, message))
        .filter(
            message ->
                !evidence.stories().containsKey(message.conversation())
                    || access.owes(device.user, message, Integer.MAX_VALUE))
        .filter(
            message ->
                !device.messages.containsKey(message.id()) || device.dropped.contains(message.id()))
        .map(message -> device.name + " was never given " + message);
  }

  private static Stream<String> leftOver(Device device, Evidence evidence) {
    return device.messages.values().stream()
        .filter(device::keeps)
        .filter(message -> evidence.stored(message.id()) != null)
        .filter(message -> !evidence.access().isHidden(device.user, message))
        .filter(
            message ->
                !evidence.versions().isHidden(device.user, message, Integer.MAX_VALUE)
                    || !device.dropped.contains(message.id()))
        .filter(message -> !evidence.access().reads(device.user, message))
        .map(message -> device.name + " still has " + message);
  }

  static Stream<String> shownIsTheLastVersion(Evidence evidence) {
    return devices(evidence)
        .flatMap(
            device ->
                device.messages.values().stream()
                    .filter(device::keeps)
                    .filter(message -> evidence.access().reads(device.user, message))
                    .filter(
                        message -> {
                          Message stored = evidence.stored(message.id());
                          return stored != null
                              && stored.isNewerThan(message)
                              && (!evidence.access().mayKeep(device.user, message)
                                  || evidence
                                      .access()
                                      .isOutdated(device.user, message, Integer.MAX_VALUE));
                        })
                    .map(message -> device.name + " shows an old version: " + message));
  }

  static Stream<String> conversationsAreThoseListed(Evidence evidence) {
    Map<String, Set<String>> listed =
        evidence
            .of(Entry.Counted.class)
            .collect(
                Collectors.groupingBy(
                    Entry.Counted::user,
                    Collectors.mapping(Entry.Counted::conversation, Collectors.toSet())));
    return devices(evidence)
        .filter(device -> !device.conversations.isEmpty())
        .filter(
            device ->
                !device.conversations.values().stream()
                    .filter(Entry.Listed::there)
                    .map(Entry.Listed::conversation)
                    .collect(Collectors.toSet())
                    .equals(listed.getOrDefault(device.user, Set.of())))
        .map(
            device ->
                device.name
                    + " has "
                    + new HashSet<>(device.conversations.values())
                    + " and not "
                    + listed.get(device.user));
  }

  private static Stream<Device> devices(Evidence evidence) {
    Map<String, Device> devices = new HashMap<>();
    for (Entry entry : evidence.entries()) {
      switch (entry) {
        case Entry.Connected(Link link) -> device(devices, link.device(), link.user());
        case Entry.Received(Link link, Message message) ->
            device(devices, link.device(), link.user()).take(message);
        case Entry.Updated(Link link, Message message) -> {
          Device device = device(devices, link.device(), link.user());
          if (device.messages.containsKey(message.id())) {
            device.take(message);
          }
        }
        case Entry.Dropped(String user, String name, String message) ->
            device(devices, name, user).dropped.add(message);
        case Entry.Listed listed -> device(devices, listed.device(), listed.user()).take(listed);
        case Entry.CaughtUp caughtUp -> {
          Device device = device(devices, caughtUp.device(), caughtUp.user());
          caughtUp.messages().forEach(device::take);
          caughtUp.messages().forEach(message -> device.dropped.remove(message.id()));
        }
        default -> {}
      }
    }
    return devices.values().stream();
  }

  private static Device device(Map<String, Device> devices, String name, String user) {
    return devices.computeIfAbsent(name, key -> new Device(name, user));
  }
}
