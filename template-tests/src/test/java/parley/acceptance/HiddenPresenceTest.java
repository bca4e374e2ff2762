package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a friend's devices show of a user who hides their presence, from all or by a block. */
@ExtendWith(SharedChat.class)
class HiddenPresenceTest {
  private final Chat chat;
  private final Friends friends;

  HiddenPresenceTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
  }

  /** What ends and begins that Ben sees Ann. */
  enum Hiding {
    NOBODY {
      @Override
      void begin(Friends friends) {
        setting(friends.ann(), "NOBODY");
      }

      @Override
      void end(Friends friends) {
        setting(friends.ann(), "FRIENDS");
      }
    },
    BLOCK {
      @Override
      void begin(Friends friends) {
        friends.ann().block(friends.ben()).require(200);
      }

      @Override
      void end(Friends friends) {
        friends.ann().unblock(friends.ben()).requireDone();
      }
    };

    abstract void begin(Friends friends);

    abstract void end(Friends friends);
  }

  @ParameterizedTest
  @EnumSource
  void aDeviceShowsTheRightPresenceWhetherItIsToldOrAsks(Hiding hiding) {
    try (Phone bens = friends.ben().phone();
        Phone _ = friends.ann().phone()) {
      Shown shown = new Shown();
      assertThat(shown.take(told(bens, 1)).path("online").asBoolean()).isTrue();
      assertThat(shown.take(seen(friends.ben())).path("online").asBoolean()).isTrue();

      hiding.begin(friends);
      assertHidden(shown.take(told(bens, 2)));
      assertHidden(shown.take(seen(friends.ben())));
      assertHidden(new Shown().take(seen(friends.ben())));

      hiding.end(friends);
      assertThat(shown.take(told(bens, 3)).path("online").asBoolean()).isTrue();
      assertThat(shown.take(seen(friends.ben())).path("online").asBoolean()).isTrue();
    }
  }

  /** The device was connected before, and asks when it has connected again. */
  @ParameterizedTest
  @EnumSource
  void aDeviceThatWasAwayFindsOutByAskingThatAFriendIsHiddenOrShownAgain(Hiding hiding) {
    Shown shown = new Shown();
    try (Phone _ = friends.ann().phone()) {
      try (Phone bens = friends.ben().phone()) {
        chat.awaitIdle();
        assertThat(shown.take(seen(friends.ben())).path("online").asBoolean()).isTrue();
        bens.everythingSoFar();
      }
      hiding.begin(friends);
      assertHidden(shown.take(seen(friends.ben())));

      hiding.end(friends);
      assertThat(shown.take(seen(friends.ben())).path("online").asBoolean()).isTrue();
    }
  }

  /** Else the version would count them. */
  @ParameterizedTest
  @EnumSource
  void howOftenAHiddenFriendComesAndGoesIsNotSeen(Hiding hiding) {
    hiding.begin(friends);
    try (Phone _ = friends.ann().phone()) {
      chat.awaitIdle();
    }
    long before = chat.clock().millis();
    long version = seen(friends.ben()).path("version").asLong();

    assertThat(version).isBetween(before, chat.clock().millis());
  }

  @Test
  void theEndOfABlockShowsTheOneWhoBlockedThePresenceOfTheOtherAgain() {
    try (Phone anns = friends.ann().phone();
        Phone _ = friends.ben().phone()) {
      assertThat(told(anns, 1).path("online").asBoolean()).isTrue();
      friends.ann().block(friends.ben()).require(200);

      friends.ann().unblock(friends.ben()).requireDone();

      JsonNode again = told(anns, 2);
      assertThat(again.path("userId").asText()).isEqualTo(friends.ben().id());
      assertThat(again.path("online").asBoolean()).isTrue();
    }
  }

  @Test
  void aBlockTellsNothingToWhoWasShownNothingBefore() {
    Person stranger = Person.register(chat, "Sid");
    setting(friends.ann(), "NOBODY");
    try (Phone bens = friends.ben().phone();
        Phone strangers = stranger.phone();
        Phone _ = friends.ann().phone()) {
      friends.ann().block(friends.ben()).require(200);
      friends.ann().block(stranger).require(200);
      friends.ann().unblock(friends.ben()).requireDone();
      friends.ann().unblock(stranger).requireDone();

      bens.everythingSoFar();
      strangers.everythingSoFar();
      assertThat(bens.received("presence")).isEmpty();
      assertThat(strangers.received("presence")).isEmpty();
    }
  }

  private static void assertHidden(JsonNode presence) {
    assertThat(presence.path("online").asBoolean()).isFalse();
    assertThat(presence.path("lastSeen").isNull()).isTrue();
  }

  /** What a device shows of a friend, by the rule of the contract. */
  private static final class Shown {
    private @Nullable JsonNode known;

    /** Takes what it is told or answered, and gives what it shows then. */
    JsonNode take(JsonNode presence) {
      JsonNode before = known;
      JsonNode now =
          before == null || presence.path("version").asLong() >= before.path("version").asLong()
              ? presence
              : before;
      known = now;
      return now;
    }
  }

  private static void setting(Person person, String presence) {
    person.api().patch("/users/me/settings", Map.of("presence", presence)).require(200);
  }

  private static JsonNode told(Phone phone, int count) {
    return phone.awaitCount("presence", count).get(count - 1).data();
  }

  private static JsonNode seen(Person by) {
    return by.list("/friends/presence").getFirst();
  }
}
