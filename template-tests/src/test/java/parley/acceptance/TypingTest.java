package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;

/** Typing, on a system of its own, whose clock the tests move. */
@TestInstance(Lifecycle.PER_CLASS)
class TypingTest {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @Test
  void theOthersWhoJoinedAreToldAtMostOnceInThreeSeconds() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = joined(friends.ann(), friends.conversation());
        Phone annsTablet = joined(friends.ann(), friends.conversation());
        Phone bens = joined(friends.ben(), friends.conversation());
        Phone elsewhere = friends.ben().phone()) {
      type(anns, friends.conversation(), true).acked();
      type(anns, friends.conversation(), true).acked();
      type(annsTablet, friends.conversation(), false).acked();

      Frame told = bens.awaitEvent("typing");
      assertThat(told.data().path("userId").asText()).isEqualTo(friends.ann().id());
      assertThat(told.data().path("typing").asBoolean()).isTrue();
      chat.clock().advance(PAUSE);
      type(annsTablet, friends.conversation(), false).acked();

      assertThat(bens.awaitCount("typing", 2).getLast().data().path("typing").asBoolean())
          .isFalse();
      bens.everythingSoFar();
      assertThat(bens.received("typing")).hasSize(2);
      for (Phone other : new Phone[] {anns, annsTablet, elsewhere}) {
        other.everythingSoFar();
        assertThat(other.received("typing")).isEmpty();
      }
    }
  }

  @Test
  void ofTwoDevicesThatTypeAtOnceOneIsTold() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone annsTablet = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      assertThat(
              Together.run(
                  List.of(
                      () -> type(anns, conversation, true).event(),
                      () -> type(annsTablet, conversation, true).event(),
                      () -> type(anns, conversation, true).event())))
          .containsOnly("ack");

      bens.everythingSoFar();
      assertThat(bens.received("typing")).hasSize(1);
    }
  }

  @Test
  void typingIsOverSixSecondsLaterUnlessItIsToldAgainOrStops() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      Instant before = chat.clock().instant();
      type(anns, conversation, true).acked();
      Instant after = chat.clock().instant();

      assertThat(expiry(bens, 1)).isBetween(over(before), over(after));
      chat.clock().advance(PAUSE);
      Instant again = chat.clock().instant();
      type(anns, conversation, true).acked();
      assertThat(expiry(bens, 2)).isAfterOrEqualTo(over(again));

      chat.clock().advance(Duration.ofMinutes(1));
      bens.everythingSoFar();
      assertThat(bens.received("typing")).as("nothing tells that it is over").hasSize(2);
      bens.request("join_conversation", conversation).acked();
      type(anns, conversation, false).acked();
      assertThat(expiry(bens, 3)).isBeforeOrEqualTo(chat.clock().instant());
    }
  }

  private static Instant over(Instant typed) {
    return typed.truncatedTo(ChronoUnit.MILLIS).plusSeconds(6);
  }

  private static Instant expiry(Phone phone, int count) {
    JsonNode told = phone.awaitCount("typing", count).get(count - 1).data();
    return Instant.parse(told.path("expiresAt").asText());
  }

  @Test
  void nobodyJoinsTheTypingOfAGroupOfMoreThanFiftyAndWhoHasBeforeStays() {
    Team team = Team.meet(chat);
    team.crowd(47);
    try (Phone anns = joined(team.ann(), team.id());
        Phone bens = joined(team.ben(), team.id());
        Phone cems = team.cem().phone()) {
      type(anns, team.id(), true).acked();
      bens.awaitEvent("typing");
      team.crowd(1);
      cems.request("join_conversation", team.id()).acked();
      chat.clock().advance(PAUSE);

      type(cems, team.id(), true).mustRefuse("NOT_JOINED");
      type(anns, team.id(), true).acked();

      bens.awaitCount("typing", 2);
      cems.everythingSoFar();
      assertThat(cems.received("typing")).isEmpty();
      anns.request("join_conversation", team.id()).acked();
      type(anns, team.id(), true).mustRefuse("NOT_JOINED");
    }
  }

  @Test
  void typingIsToldToAHundredConnectionsAtMost() {
    Team team = Team.meet(chat);
    List<Phone> others = new ArrayList<>();
    try (Phone anns = joined(team.ann(), team.id())) {
      others.addAll(
          Together.run(
              IntStream.range(0, 102)
                  .<Callable<Phone>>mapToObj(
                      i -> () -> joined(i % 2 == 0 ? team.ben() : team.cem(), team.id()))
                  .toList()));
      type(anns, team.id(), true).acked();

      others.forEach(Phone::everythingSoFar);
      assertThat(others).filteredOn(phone -> !phone.received("typing").isEmpty()).hasSize(100);
    } finally {
      others.forEach(Phone::close);
    }
  }

  @Test
  void onlyWhoJoinedAndHasNotLeftTypesAndIsTold() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = friends.ann().phone();
        Phone bens = joined(friends.ben(), conversation)) {
      type(anns, conversation, true).mustRefuse("NOT_JOINED");
      anns.request("join_conversation", conversation).acked();
      bens.request("leave_conversation", conversation).acked();
      type(anns, conversation, true).acked();
      type(bens, conversation, true).mustRefuse("NOT_JOINED");
      bens.everythingSoFar();
      assertThat(bens.received("typing")).isEmpty();
      anns.request("typing", Map.of("conversationId", conversation, "typing", "yes"))
          .mustRefuse("VALIDATION_FAILED");
    }
  }

  @Test
  void whoGoesToAnotherConversationHasJoinedItAlsoWhenTheLeavingComesLate() {
    Friends friends = Friends.meet(chat);
    Person carl = Person.register(chat, "Carl");
    friends.ann().befriend(carl);
    String before = friends.ann().converse(carl);
    try (Phone anns = joined(friends.ann(), before);
        Phone bens = joined(friends.ben(), friends.conversation());
        Phone carls = joined(carl, before)) {
      anns.request("join_conversation", friends.conversation()).acked();
      anns.request("leave_conversation", before).acked();

      type(anns, friends.conversation(), true).acked();
      type(bens, friends.conversation(), true).acked();
      type(carls, before, true).acked();

      bens.awaitEvent("typing");
      assertThat(anns.awaitEvent("typing").data().path("userId").asText())
          .isEqualTo(friends.ben().id());
      anns.everythingSoFar();
      assertThat(anns.received("typing")).hasSize(1);
      anns.request("leave_conversation", friends.conversation()).acked();
      type(anns, friends.conversation(), true).mustRefuse("NOT_JOINED");
    }
  }

  @Test
  void aBlockEndsTypingBothWaysAtOnceAndItsEndBringsItBack() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      friends.ann().block(friends.ben()).require(200);
      type(anns, conversation, true).acked();
      type(bens, conversation, true).acked();
      assertThat(anns.everythingSoFar()).extracting(Frame::event).doesNotContain("typing");
      assertThat(bens.everythingSoFar()).extracting(Frame::event).doesNotContain("typing");

      friends.ann().unblock(friends.ben()).requireDone();
      chat.clock().advance(PAUSE);
      type(bens, conversation, true).acked();
      anns.awaitEvent("typing");
    }
  }

  @Test
  void whoIsRemovedFromAGroupIsToldNothingMore() {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone bens = joined(team.ben(), team.id());
        Phone cems = joined(team.cem(), team.id())) {
      team.remove(team.ann(), team.ben()).requireDone();
      type(anns, team.id(), true).acked();
      type(bens, team.id(), true).mustRefuse("NOT_JOINED");
      cems.awaitEvent("typing");
      bens.everythingSoFar();
      assertThat(bens.received("typing")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void stockSocketIoClientsTypeAndSeeWhoIsOnline(Kind kind) {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone bens = joined(friends.ben(), conversation);
        SocketIoDevice anns = kind.connect(chat, friends.ann().accessToken())) {
      anns.awaitConnects(1);
      assertThat(bens.awaitEvent("presence").data().path("online").asBoolean()).isTrue();
      anns.ask("join_conversation", conversation);
      assertThat(
              anns.ask("typing", Map.of("conversationId", conversation, "typing", true))
                  .path("typing")
                  .asBoolean())
          .isTrue();
      bens.awaitEvent("typing");
      type(bens, conversation, true).acked();
      assertThat(anns.awaitEvent("typing").path("userId").asText()).isEqualTo(friends.ben().id());
    }
  }

  static Phone joined(Person person, String conversation) {
    Phone phone = person.phone();
    try {
      phone.request("join_conversation", conversation).acked();
      return phone;
    } catch (RuntimeException | AssertionError e) {
      phone.close();
      throw e;
    }
  }

  static Frame type(Phone phone, String conversation, boolean typing) {
    return phone.request("typing", Map.of("conversationId", conversation, "typing", typing));
  }
}
