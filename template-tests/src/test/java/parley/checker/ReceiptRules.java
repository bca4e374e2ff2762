package parley.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.checker.Receipts.Reading;
import parley.checker.Receipts.Said;

/** Rules about how far everybody is said and shown to be. */
final class ReceiptRules {
  private ReceiptRules() {}

  /** But between two who block one another: who comes into a group meanwhile is shown with 0. */
  static Stream<String> receiptsOnlyGrow(Evidence evidence) {
    return evidence.receipts().readings().stream()
        .filter(reading -> !mayHaveBlocked(reading.viewer(), reading.user(), evidence))
        .collect(Collectors.groupingBy(Reading::of))
        .values()
        .stream()
        .flatMap(ReceiptRules::goingBack);
  }

  private static Stream<String> goingBack(List<Reading> readings) {
    List<String> broken = new ArrayList<>();
    for (int later = 0; later < readings.size(); later++) {
      Reading now = readings.get(later);
      for (Reading before : readings.subList(0, later)) {
        if (before.at() < now.asked()
            && (before.delivered() > now.delivered() || before.read() > now.read())) {
          broken.add(before + " went back: " + now);
          break;
        }
      }
    }
    return broken.stream();
  }

  static Stream<String> readIsDeliveredIsThere(Evidence evidence) {
    List<Entry> entries = evidence.entries();
    Stream<String> shown =
        evidence.receipts().readings().stream()
            .filter(
                reading ->
                    reading.read() > reading.delivered()
                        || reading.delivered()
                            > highest(reading.conversation(), reading.at(), evidence))
            .map(reading -> "out of bounds: " + reading);
    Stream.Builder<String> told = Stream.builder();
    for (int at = 0; at < entries.size(); at++) {
      if (entries.get(at) instanceof Entry.ReceiptTold entry
          && entry.seq() > highest(entry.conversation(), at, evidence)) {
        told.add("of a message that was not there: " + entry);
      }
    }
    return Stream.concat(shown, told.build());
  }

  /** The highest seq that a conversation may have had at an entry. */
  private static long highest(String conversation, int at, Evidence evidence) {
    return evidence.storedIn(conversation).stream()
        .filter(message -> evidence.timing().after(message) < at)
        .mapToLong(Message::seq)
        .max()
        .orElse(0);
  }

  static Stream<String> receiptToldWasSaid(Evidence evidence) {
    List<Entry> entries = evidence.entries();
    Stream.Builder<String> broken = Stream.builder();
    for (int i = 0; i < entries.size(); i++) {
      int at = i;
      if (entries.get(at) instanceof Entry.ReceiptTold told
          && !isOfANewcomer(told, at, evidence)
          && evidence.receipts().said(told.user(), told.conversation()).stream()
              .filter(said -> said.begun() < at && said.mayBeSo())
              .filter(said -> said.tells(told))
              .noneMatch(said -> mayKnow(told, said.begun(), at, evidence))) {
        broken.add("nobody said so, or not to them: " + told);
      }
    }
    return broken.build();
  }

  /** Who comes into a group has read what was there: members who were there before are told so. */
  private static boolean isOfANewcomer(Entry.ReceiptTold told, int at, Evidence evidence) {
    Story story = evidence.stories().get(told.conversation());
    return story != null
        && story.wasEver(told.seq(), told.seq(), state -> state.has(told.link().user()))
        && story.stays(told.user()).stream()
            .filter(stay -> stay.from().seq() == told.seq() + 1)
            .anyMatch(stay -> evidence.timing().after(stay.from()) < at);
  }

  private static boolean mayKnow(Entry.ReceiptTold told, int from, int to, Evidence evidence) {
    String viewer = told.link().user();
    Blocks blocks = evidence.blocks();
    return evidence.access().everTookPart(viewer, told.conversation())
        && (viewer.equals(told.user())
            || (blocks.mayBe(false, viewer, told.user(), from, to)
                && blocks.mayBe(false, told.user(), viewer, from, to)));
  }

  static Stream<String> receiptRefusedForAReason(Evidence evidence) {
    return evidence.receipts().said().stream()
        .filter(said -> !said.mayBeSo())
        .filter(said -> !isReason(said, evidence))
        .map(said -> "no reason to refuse it: " + said);
  }

  private static boolean isReason(Said said, Evidence evidence) {
    String conversation = said.what().conversation();
    String user = said.what().user();
    return switch (said.refused()) {
      case "SEQ_OUT_OF_RANGE" ->
          mayBlockTheOther(said, evidence)
              || evidence.storedIn(conversation).stream()
                  .filter(message -> message.seq() >= said.what().received())
                  .noneMatch(message -> evidence.timing().by(message) < said.begun());
      case "CONVERSATION_NOT_FOUND" ->
          GroupRules.mayTakePart(
              false, user, conversation, evidence, said.begun(), said.answered());
      default -> false;
    };
  }

  /**
   * For a user who blocks the other one of two the conversation ends with what was there before.
   */
  private static boolean mayBlockTheOther(Said said, Evidence evidence) {
    return evidence.participants(said.what().conversation()).stream()
        .anyMatch(
            other ->
                evidence
                    .blocks()
                    .mayBe(true, said.what().user(), other, said.begun(), said.answered()));
  }

  static Stream<String> receiptReachesDevices(Evidence evidence) {
    Map<String, Known> devices = devices(evidence);
    return evidence.receipts().said().stream()
        .filter(Said::isSo)
        .filter(said -> !hasReadByWriting(said.what(), evidence))
        .filter(said -> isThereForGood(said.what().user(), said, evidence))
        .flatMap(
            said ->
                devices.values().stream()
                    .filter(device -> !device.user.equals(said.what().user()))
                    .filter(device -> device.startedOver < said.begun())
                    .filter(device -> device.caughtUp > said.answered())
                    .filter(device -> isThereForGood(device.user, said, evidence))
                    .filter(device -> !mayHaveBlocked(device.user, said.what().user(), evidence))
                    .filter(device -> !device.knows(said.what()))
                    .map(device -> device.name + " does not know: " + said));
  }

  /** Who has written, or come, later has read all that was there then: that is told by that. */
  private static boolean hasReadByWriting(Entry.Moving said, Evidence evidence) {
    Story story = evidence.stories().get(said.conversation());
    return evidence.storedIn(said.conversation()).stream()
            .filter(message -> message.isWritten() && message.sender().equals(said.user()))
            .anyMatch(message -> message.seq() >= said.received())
        || (story != null
            && story.stays(said.user()).stream()
                .anyMatch(stay -> stay.from().seq() > said.received()));
  }

  private static boolean isThereForGood(String user, Said said, Evidence evidence) {
    Story story = evidence.stories().get(said.what().conversation());
    return story == null
        ? evidence.participants(said.what().conversation()).contains(user)
        : story.stays(user).stream()
            .anyMatch(
                stay -> stay.until() == null && evidence.timing().by(stay.from()) < said.begun());
  }

  private static boolean mayHaveBlocked(String one, String other, Evidence evidence) {
    return evidence.blocks().wanted(one, other) || evidence.blocks().wanted(other, one);
  }

  /** What a device was told and shown of receipts: of each the highest counts. */
  private static final class Known {
    private final String name;
    private final String user;
    private final Map<List<String>, Long> delivered = new HashMap<>();
    private final Map<List<String>, Long> read = new HashMap<>();
    private int startedOver = -1;
    private int caughtUp = -1;

    private Known(String name, String user) {
      this.name = name;
      this.user = user;
    }

    private void take(String conversation, String of, long deliveredSeq, long readSeq) {
      delivered.merge(List.of(conversation, of), deliveredSeq, Math::max);
      read.merge(List.of(conversation, of), readSeq, Math::max);
    }

    private boolean knows(Entry.Moving said) {
      List<String> key = List.of(said.conversation(), said.user());
      return delivered.getOrDefault(key, 0L) >= said.received()
          && read.getOrDefault(key, 0L) >= said.read();
    }
  }

  private static Map<String, Known> devices(Evidence evidence) {
    Map<String, Known> devices = new HashMap<>();
    Map<String, Integer> begun = new HashMap<>();
    List<Entry> entries = evidence.entries();
    for (int at = 0; at < entries.size(); at++) {
      switch (entries.get(at)) {
        case Entry.Connected(Link link) ->
            devices.putIfAbsent(link.device(), new Known(link.device(), link.user()));
        case Entry.CatchUpStarted started -> begun.put(started.device(), at);
        case Entry.StartedOver over -> {
          Known device = devices.get(over.device());
          if (device != null) {
            device.startedOver = at;
          }
        }
        case Entry.CaughtUp caughtUp -> {
          Known device = devices.get(caughtUp.device());
          if (device != null) {
            device.caughtUp = begun.getOrDefault(caughtUp.device(), -1);
          }
        }
        case Entry.ReceiptTold told -> {
          Known device = devices.get(told.link().device());
          if (device != null) {
            device.take(told.conversation(), told.user(), told.seq(), told.read() ? told.seq() : 0);
          }
        }
        case Entry.ReceiptShown shown -> {
          Known device = devices.get(shown.reading());
          if (device != null) {
            device.take(shown.conversation(), shown.user(), shown.delivered(), shown.read());
          }
        }
        default -> {}
      }
    }
    return devices;
  }
}
