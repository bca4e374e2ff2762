package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.acceptance.UnluckyDevice.Luck;

/** What becomes of the devices that DeliveryFunction does not reach while it reaches others. */
@ExtendWith(SharedChat.class)
class PartialDeliveryTest {
  private final Chat chat;

  PartialDeliveryTest(Chat chat) {
    this.chat = chat;
  }

  /** Its stories run at once because each waits for DeliveryFunction's patience. */
  @Test
  void onlyTheDevicesThatWereNotReachedAreTriedAgainAndNoneIsLost() {
    try (UnluckyDevice next = new UnluckyDevice(chat, Luck.FAILS, Luck.WORKS);
        UnluckyDevice never = new UnluckyDevice(chat, Luck.FAILS, Luck.KILLS);
        UnluckyDevice dying = new UnluckyDevice(chat, Luck.FAILS_AND_DIES, Luck.WORKS)) {
      List<Callable<Boolean>> stories =
          Stream.<Runnable>of(
                  next::isReachedByTheNextRound,
                  () -> whatIsGivenUpIsKeptAndCanBeDelivered(never),
                  () -> deathBeforeTheRestIsQueuedLosesNobody(dying))
              .map(PartialDeliveryTest::callable)
              .toList();
      Patience.during(
          UnluckyDevice.PATIENCE,
          () ->
              chat.with(
                  UnluckyDevice.faults(List.of(next, never, dying)), () -> Together.run(stories)));
    }
  }

  private void whatIsGivenUpIsKeptAndCanBeDelivered(UnluckyDevice device) {
    device.send();
    Eventually.await("it is kept", () -> device.deadLetters().findAny().isPresent());

    JsonNode letter = Json.read(device.deadLetters().findFirst().orElseThrow());
    assertThat(letter.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
    assertThat(letter.at("/requestPayload/delivery/connections"))
        .singleElement()
        .satisfies(left -> assertThat(left.path("id").asText()).isEqualTo(device.unluckyId));

    device.turn(Luck.WORKS);
    String payload = letter.path("requestPayload").toString();
    assertThat(chat.invoke(chat.function("DeliveryFunction"), payload).failed()).isFalse();
    device.unlucky.awaitMessage(device.content);
    assertThat(UnluckyDevice.messages(device.lucky)).isEqualTo(1);
  }

  private static void deathBeforeTheRestIsQueuedLosesNobody(UnluckyDevice device) {
    device.send();

    device.unlucky.awaitMessage(device.content);
    device.lucky.awaitMessage(device.content);
    assertThat(device.deadLetters()).isEmpty();
  }

  private static Callable<Boolean> callable(Runnable story) {
    return () -> {
      story.run();
      return true;
    };
  }
}
