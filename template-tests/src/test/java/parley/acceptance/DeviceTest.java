package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Devices that come, go and vanish. */
@ExtendWith(SharedChat.class)
class DeviceTest {
  /** Longer than a connection may be answered 410 because it is only being opened. */
  private static final Duration PAST_CONNECTING = Duration.ofMinutes(1);

  private final Chat chat;
  private final Friends friends;

  DeviceTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
  }

  @Test
  void whenOneOfTwoDevicesVanishesTheOtherIsServed() {
    Person ben = friends.ben();
    try (Phone tablet = ben.phone()) {
      Set<String> tabletOnly = chat.aws().connectionsOf(ben);
      assertThat(tabletOnly).hasSize(1);
      Phone phone = ben.phone();
      assertThat(chat.aws().connectionsOf(ben)).hasSize(2);
      phone.die();

      friends.ann().send(friends.conversation(), "are you there?").require(201);

      tablet.awaitMessage("are you there?");
      Eventually.await(
          "only the dead one is removed", () -> chat.aws().connectionsOf(ben).equals(tabletOnly));
    }
  }

  @Test
  void aConnectionWhoseEndNobodyToldOfIsRemovedByTheNextSendAndNoOtherIs() {
    Person ben = friends.ben();
    try (Phone tablet = ben.phone()) {
      Set<String> tabletOnly = chat.aws().connectionsOf(ben);
      Phone phone = ben.phone();
      Map<String, AttributeValue> both = chat.aws().item(ben);
      phone.close();
      Eventually.await(
          "the closed one is removed", () -> chat.aws().connectionsOf(ben).equals(tabletOnly));
      // As if the gateway's $disconnect, which it calls at best, had been lost.
      chat.aws().put(both);
      chat.clock().advance(PAST_CONNECTING);

      friends.ann().send(friends.conversation(), "still there?").require(201);

      tablet.awaitMessage("still there?");
      assertThat(chat.aws().connectionsOf(ben)).isEqualTo(tabletOnly);
    }
  }

  @Test
  void aDeviceThatClosesIsTakenFromTheTable() {
    Person ann = friends.ann();
    ann.phone().close();

    Eventually.await("it is removed", () -> chat.aws().connectionsOf(ann).isEmpty());
  }

  @RepeatedTest(6)
  void aMessageSentWhileAPhoneConnectsDoesNotCutItOff() {
    Person ben = friends.ben();
    List<Phone> connected = new CopyOnWriteArrayList<>();
    List<Callable<Boolean>> connectAndSend =
        List.of(
            () -> connected.add(ben.phone()),
            () -> friends.ann().send(friends.conversation(), "meanwhile").status() == 201,
            () -> friends.ann().send(friends.conversation(), "meanwhile too").status() == 201);
    assertThat(Together.run(connectAndSend)).containsOnly(true);

    try (Phone phone = connected.getFirst()) {
      friends.ann().send(friends.conversation(), "afterwards").require(201);

      phone.awaitMessage("afterwards");
      assertThat(chat.aws().connectionsOf(ben)).hasSize(1);
    }
    assertThat(ben.contents(friends.conversation()))
        .containsExactlyInAnyOrder("afterwards", "meanwhile", "meanwhile too");
  }
}
