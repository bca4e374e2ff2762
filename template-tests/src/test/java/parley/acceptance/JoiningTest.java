package parley.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What devices that follow /sync know when somebody comes into a group, also again. */
@ExtendWith(SharedChat.class)
class JoiningTest {
  private final Chat chat;
  private Team team;
  private Person dan;

  JoiningTest(Chat chat) {
    this.chat = chat;
  }

  /** How Dan comes into the group. */
  enum Way {
    ADDED,
    BY_INVITE,
    ADDED_AGAIN,
    BY_INVITE_AGAIN
  }

  @BeforeEach
  void meet() {
    team = Team.meet(chat);
    dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
  }

  @ParameterizedTest
  @EnumSource
  void theReceiptsOfWhoComesInReachTheDevicesOfTheOthers(Way way) {
    before(way, "before");
    Mirror anns = caughtUp(team.ann());
    Mirror bens = caughtUp(team.ben());
    team.ben().send(team.id(), "words").require(201);
    long seen = lastSeq();

    try (Phone annsPhone = team.ann().phone();
        Phone bensPhone = team.ben().phone()) {
      comesIn(way);

      for (Phone phone : List.of(annsPhone, bensPhone)) {
        JsonNode read = phone.awaitEvent("message:read").data();
        assertThat(read.path("userId").asText()).isEqualTo(dan.id());
        assertThat(read.path("conversationId").asText()).isEqualTo(team.id());
        assertThat(read.path("seq").asLong()).isEqualTo(seen);
      }
    }
    assertThat(Receipts.of(team.ann(), team.id())).containsEntry(dan.id(), seen + "/" + seen);
    mustKnowReceipts(anns, bens);
  }

  @Test
  void whoLeavesTakesTheirReceiptsWithThem() {
    Mirror anns = caughtUp(team.ann());

    team.leave(team.cem()).requireDone();

    mustKnowReceipts(anns);
    assertThat(Receipts.of(team.ann(), team.id()))
        .containsOnlyKeys(team.ann().id(), team.ben().id());
  }

  @ParameterizedTest
  @EnumSource(names = {"ADDED_AGAIN", "BY_INVITE_AGAIN"})
  void whatAPrivateReaderHasReadIsNotToldWhenTheyComeBack(Way way) {
    comesIn(Way.ADDED);
    Receipts.move(dan, team.id(), Map.of("readSeq", lastSeq())).require(200);
    Mirror anns = caughtUp(team.ann());
    assertThat(receipt(anns, dan).path("readSeq").asLong()).isEqualTo(lastSeq());
    team.leave(dan).requireDone();
    reads(dan, false);

    try (Phone annsPhone = team.ann().phone()) {
      comesIn(way);

      JsonNode delivered = annsPhone.awaitEvent("message:delivered").data();
      assertThat(delivered.path("userId").asText()).isEqualTo(dan.id());
      assertThat(annsPhone.everythingSoFar()).noneMatch(frame -> frame.is("message:read"));
    }
    mustKnowReceipts(anns);
    assertThat(receipt(anns, dan).has("readSeq")).isFalse();
    assertThat(receipt(anns, dan).path("deliveredSeq").asLong()).isPositive();
  }

  @Test
  void aMemberWhoKeepsTheirReadingToThemselvesIsNotToldWhatANewcomerHasRead() {
    reads(team.ben(), false);
    try (Phone annsPhone = team.ann().phone();
        Phone bensPhone = team.ben().phone()) {
      comesIn(Way.ADDED);

      annsPhone.awaitEvent("message:read");
      bensPhone.awaitEvent("message:delivered");
      assertThat(bensPhone.everythingSoFar()).noneMatch(frame -> frame.is("message:read"));
    }
  }

  @Test
  void aNewcomersReceiptsAreToldAcrossABlockAsWithoutIt() {
    dan.block(team.ben()).require(200);
    Mirror bens = caughtUp(team.ben());
    long seen = lastSeq();
    try (Phone bensPhone = team.ben().phone()) {
      comesIn(Way.ADDED);

      JsonNode read = bensPhone.awaitEvent("message:read").data();
      assertThat(read.path("userId").asText()).isEqualTo(dan.id());
      assertThat(read.path("seq").asLong()).isEqualTo(seen);
    }
    mustKnowReceipts(bens);
    assertThat(receipt(bens, dan).path("readSeq").asLong()).isEqualTo(seen);
  }

  @Test
  void severalWhoComeInAtOnceAreEachTold() {
    Person eve = Person.register(chat, "Eve");
    team.ann().befriend(eve);
    try (Phone bensPhone = team.ben().phone()) {
      team.add(team.ann(), dan, eve).require(201);

      assertThat(bensPhone.awaitCount("message:read", 2))
          .extracting(frame -> frame.data().path("userId").asText())
          .containsExactlyInAnyOrder(dan.id(), eve.id());
    }
  }

  @Test
  void aGroupOfMoreThan50TellsNothingOfANewcomersReceipts() {
    team.crowd(48);
    Mirror bens = caughtUp(team.ben());
    try (Phone bensPhone = team.ben().phone()) {
      comesIn(Way.ADDED);
      bensPhone.awaitMessage(Sentence.of("{Ann} added {Dan}"));
      assertThat(bensPhone.everythingSoFar()).noneMatch(frame -> frame.is("message:read"));
    }
    bens.catchUp(50);
    assertThat(bens.known("RECEIPT")).doesNotContainKey(team.id());
  }

  @ParameterizedTest
  @EnumSource
  void aDeviceThatIsCaughtUpLearnsThatAGroupHasAPastToRead(Way way) {
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    String old = before(way, "old words");
    IntStream.range(0, 5).forEach(i -> team.ann().sent(team.id(), "message " + i));
    Mirror dans = caughtUp(dan);

    comesIn(way);
    team.ann().sent(team.id(), "welcome");

    dans.catchUp(50);
    dans.mustBeUpToDate();
    assertThat(contents(dans)).endsWith("welcome").doesNotContain("old words");
    assertThat(dans.mayHaveOlder(team.id())).isTrue();

    team.ann().edit(old, "new words").require(200);
    dans.catchUp(50);
    dans.mustBeUpToDate();
    assertThat(contents(dans)).as("an edit of a message that it lacks").doesNotContain("new words");

    boolean more = true;
    while (more) {
      more = dans.readOlder(team.id(), 4);
      dans.mustBeUpToDate();
    }
    assertThat(contents(dans)).isEqualTo(dan.contents(team.id()).reversed()).contains("new words");
  }

  @ParameterizedTest
  @EnumSource(names = {"ADDED", "BY_INVITE_AGAIN"})
  void aGroupThatHidesItsPastHasNothingOlderToRead(Way way) {
    before(way, "old words");
    Mirror dans = caughtUp(dan);

    comesIn(way);

    dans.catchUp(50);
    assertThat(dans.mayHaveOlder(team.id())).isFalse();
    dans.mustBeUpToDate();
  }

  @Test
  void aDeviceThatWasAwayWhileItsUserLeftAndCameBackHasNoGap() {
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    comesIn(Way.ADDED);
    Mirror dans = caughtUp(dan);
    dans.readOlder(team.id(), 100);
    team.leave(dan).requireDone();
    team.ann().sent(team.id(), "meanwhile");
    comesIn(Way.BY_INVITE_AGAIN);

    dans.catchUp(3);

    dans.mustBeUpToDate();
    assertThat(contents(dans)).isEqualTo(dan.contents(team.id()).reversed()).contains("meanwhile");
  }

  @Test
  void aStartSaysFromWhereOnItHasAllMessages() {
    IntStream.range(0, 30).forEach(i -> team.ann().sent(team.id(), "message " + i));
    Mirror bens = caughtUp(team.ben());
    assertThat(bens.messages(team.id())).hasSize(20);
    assertThat(bens.mayHaveOlder(team.id())).isTrue();
    bens.mustBeUpToDate();

    assertThat(bens.readOlder(team.id(), 5)).isTrue();
    bens.mustBeUpToDate();
    assertThat(bens.readOlder(team.id(), 50)).isFalse();
    bens.mustBeUpToDate();
    assertThat(bens.messages(team.id())).hasSize(31);
    Person eve = Person.register(chat, "Eve");
    team.ann().befriend(eve);
    Mirror eves = caughtUp(eve);
    String direct = team.ann().converse(eve);
    team.ann().sent(direct, "Hello");
    eves.catchUp(50);
    assertThat(eves.mayHaveOlder(direct)).as("a conversation that is new").isFalse();
  }

  /** What happens before Dan comes in: he was there before if he comes again. */
  private String before(Way way, String content) {
    if (way == Way.ADDED_AGAIN || way == Way.BY_INVITE_AGAIN) {
      comesIn(Way.ADDED);
      dan.sent(team.id(), "hello");
      team.leave(dan).requireDone();
    }
    return team.ann().sent(team.id(), content);
  }

  private void comesIn(Way way) {
    Consumer<Person> coming =
        switch (way) {
          case ADDED, ADDED_AGAIN -> person -> team.add(team.ann(), person).require(201);
          case BY_INVITE, BY_INVITE_AGAIN ->
              person -> {
                String token =
                    team.ann()
                        .api()
                        .post("/groups/" + team.id() + "/invites", Map.of())
                        .require(201)
                        .path("token")
                        .asText();
                person.api().post("/invites/join", Map.of("token", token)).require(201);
              };
        };
    coming.accept(dan);
  }

  private static Mirror caughtUp(Person person) {
    Mirror mirror = new Mirror(person);
    mirror.catchUp(50);
    return mirror;
  }

  private void mustKnowReceipts(Mirror... mirrors) {
    for (Mirror mirror : mirrors) {
      mirror.catchUp(50);
      mirror.receiptsMustBeUpToDate(team.id());
    }
  }

  private JsonNode receipt(Mirror mirror, Person person) {
    return Json.items(requireNonNull(mirror.known("RECEIPT").get(team.id())).path("receipts"))
        .stream()
        .filter(receipt -> receipt.path("userId").asText().equals(person.id()))
        .findFirst()
        .orElseThrow();
  }

  private static void reads(Person person, boolean receipts) {
    person.api().patch("/users/me/settings", Map.of("readReceipts", receipts)).require(200);
  }

  private long lastSeq() {
    return team.seenBy(team.ann()).path("lastSeq").asLong();
  }

  private List<String> contents(Mirror mirror) {
    return Stream.of(mirror)
        .flatMap(one -> one.messages(team.id()).stream())
        .map(message -> message.path("content").asText())
        .toList();
  }
}
