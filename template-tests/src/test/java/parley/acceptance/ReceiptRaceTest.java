package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receipts that come at once with each other, and with what else moves or ends them. */
@ExtendWith(SharedChat.class)
class ReceiptRaceTest {
  private static final int MESSAGES = 20;

  private final Chat chat;

  ReceiptRaceTest(Chat chat) {
    this.chat = chat;
  }

  @RepeatedTest(3)
  void receiptsOfManyDevicesAtOnceOnlyGrowForEverybodyWhoWatches(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Team team = Team.meet(chat);
    List<Person> people = List.of(team.ann(), team.ben(), team.cem());
    List<Mirror> mirrors = people.stream().map(Mirror::new).toList();
    mirrors.forEach(mirror -> mirror.catchUp(50));
    List<Phone> phones = people.stream().map(Person::phone).toList();
    try {
      List<Callable<Response>> tasks = new ArrayList<>();
      for (int i = 1; i <= MESSAGES; i++) {
        Person writer = people.get(random.nextInt(people.size()));
        tasks.add(() -> writer.send(team.id(), "message"));
      }
      for (int i = 0; i < 60; i++) {
        Person reader = people.get(random.nextInt(people.size()));
        Map<String, Integer> progress =
            Map.of(random.nextBoolean() ? "deliveredSeq" : "readSeq", random.nextInt(MESSAGES + 2));
        tasks.add(() -> Receipts.move(reader, team.id(), progress));
      }
      for (Response answer : Together.run(tasks)) {
        if (answer.status() != 201 && answer.status() != 200) {
          answer.mustRefuse(400, "SEQ_OUT_OF_RANGE");
        }
      }
      for (int i = 0; i < people.size(); i++) {
        mustHold(phones.get(i).everythingSoFar(), people.get(i), team);
        mirrors.get(i).catchUp(50);
      }
    } finally {
      phones.forEach(Phone::close);
    }
    // Who writes has read: the last to write is known by their message, not by a receipt.
    for (Person person : people) {
      Receipts.move(person, team.id(), Map.of("readSeq", MESSAGES + 1)).require(200);
    }
    for (int i = 0; i < people.size(); i++) {
      Mirror mirror = mirrors.get(i);
      mirror.catchUp(50);
      JsonNode read = Receipts.read(people.get(i), team.id());
      assertThat(read.path("receipts")).hasSize(3);
      assertThat(withMessages(mirror, team)).isEqualTo(Receipts.of(people.get(i), team.id()));
    }
  }

  /**
   * The events of one may overtake each other on their way, but none tells more than there is, and
   * what they tell of is what is stored.
   */
  private static void mustHold(List<Frame> frames, Person watcher, Team team) {
    Map<String, Long> delivered = new HashMap<>();
    Map<String, Long> read = new HashMap<>();
    for (Frame frame : frames) {
      String user = frame.data().path("userId").asText();
      long seq = frame.data().path("seq").asLong();
      if (frame.is("message:read")) {
        assertThat(read.put(user + "/" + seq, seq)).as("told twice: %s", frame).isNull();
      } else if (frame.is("message:delivered")) {
        assertThat(delivered.put(user + "/" + seq, seq)).as("told twice: %s", frame).isNull();
      }
    }
    for (JsonNode receipt : Receipts.read(watcher, team.id()).path("receipts")) {
      String user = receipt.path("userId").asText();
      assertThat(receipt.path("readSeq").asLong())
          .isLessThanOrEqualTo(receipt.path("deliveredSeq").asLong())
          .isGreaterThanOrEqualTo(highest(read, user));
      assertThat(receipt.path("deliveredSeq").asLong())
          .isLessThanOrEqualTo(MESSAGES + 1)
          .isGreaterThanOrEqualTo(highest(delivered, user));
    }
  }

  private static long highest(Map<String, Long> told, String user) {
    return told.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(user))
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  /** What a client knows: the receipts, and that who wrote has read so far. */
  private static Map<String, String> withMessages(Mirror mirror, Team team) {
    Map<String, Long> written = new HashMap<>();
    mirror
        .messages(team.id())
        .forEach(
            message ->
                written.merge(message.path("senderId").asText(), Mirror.seq(message), Math::max));
    Map<String, String> known = new HashMap<>();
    JsonNode receipts = Objects.requireNonNull(mirror.known("RECEIPT").get(team.id()));
    for (JsonNode receipt : receipts.path("receipts")) {
      long least = written.getOrDefault(receipt.path("userId").asText(), 0L);
      known.put(
          receipt.path("userId").asText(),
          Math.max(least, receipt.path("deliveredSeq").asLong())
              + "/"
              + Math.max(least, receipt.path("readSeq").asLong()));
    }
    return known;
  }

  @RepeatedTest(3)
  void ofTwoDevicesThatReadAtOnceTheFurtherOneCounts() {
    Friends friends = Receipts.written(chat, 10);
    Together.run(
        IntStream.rangeClosed(1, 10)
            .<Callable<Response>>mapToObj(
                seq ->
                    () ->
                        Receipts.move(
                            friends.ben(), friends.conversation(), Map.of("readSeq", seq)))
            .toList());

    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "10/10");
  }

  @RepeatedTest(3)
  void whoReadsAndClearsAtOnceHasReadAll() {
    Friends friends = Receipts.written(chat, 5);
    List<Response> answers =
        Together.run(
            List.of(
                () -> Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 3)),
                () ->
                    friends
                        .ben()
                        .api()
                        .delete("/conversations/" + friends.conversation() + "/messages")));

    assertThat(answers).extracting(Response::status).containsOnly(200);
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "5/5");
  }

  @RepeatedTest(3)
  void whoReadsAndLeavesAtOnceHasReadOrIsGone() {
    Team team = Team.meet(chat);
    List<Response> answers =
        Together.run(
            List.of(
                () -> Receipts.move(team.ben(), team.id(), Map.of("readSeq", 1)),
                () -> team.leave(team.ben())));

    assertThat(answers.getFirst().status()).isIn(200, 404);
    answers.getLast().requireDone();
    assertThat(Receipts.of(team.ann(), team.id())).doesNotContainKey(team.ben().id());
  }

  @RepeatedTest(6)
  void ofAReadAndABlockAtOnceTheReadIsSeenIfItWasFirst() {
    Friends friends = Receipts.written(chat, 3);
    try (Phone ann = friends.ann().phone()) {
      Together.run(
          List.of(
              () -> Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 3)),
              () -> friends.ben().block(friends.ann())));

      boolean told = ann.everythingSoFar().stream().anyMatch(frame -> frame.is("message:read"));
      assertThat(Receipts.of(friends.ann(), friends.conversation()))
          .containsEntry(friends.ben().id(), told ? "3/3" : "0/0");
    }
  }

  @RepeatedTest(3)
  void twoWhoBlockAndUnblockEachOtherAtOnceAreShownEachOthersReceiptsAgain() {
    Friends friends = Receipts.written(chat, 3);
    Together.run(
        List.of(
            () -> friends.ann().block(friends.ben()), () -> friends.ben().block(friends.ann())));
    Receipts.move(friends.ben(), friends.conversation(), Map.of("readSeq", 3)).require(200);
    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "0/0");
    Together.run(
        List.of(
            () -> friends.ann().unblock(friends.ben()),
            () -> friends.ben().unblock(friends.ann())));

    assertThat(Receipts.of(friends.ann(), friends.conversation()))
        .containsEntry(friends.ben().id(), "3/3");
    try (Database database = chat.openDatabase()) {
      assertThat(
              database.run(
                  "select cast(user_id as text) from still_receipts where conversation_id = '%s'"
                      .formatted(friends.conversation())))
          .isEmpty();
    }
  }
}
