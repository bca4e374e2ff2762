package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that leave as soon as they have said something, which is no fault. */
@ExtendWith(SharedChat.class)
class EarlyDepartureTest {
  private static final int CLIENTS = 8;

  private final Chat chat;

  EarlyDepartureTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aClientThatLeavesSoonAfterConnectingIsNoFault() {
    List<Callable<Boolean>> visits =
        Stream.generate(() -> Friends.meet(chat))
            .limit(CLIENTS)
            .flatMap(
                friends -> Stream.<Runnable>of(() -> overSocketIo(friends), () -> plain(friends)))
            .map(EarlyDepartureTest::callable)
            .toList();
    int letters = chat.deadLetters().size();
    int before = chat.log().size();

    Together.run(visits);
    chat.awaitIdle();

    assertThat(chat.log().subList(before, chat.log().size()))
        .noneMatch(line -> line.contains("\"level\":\"ERROR\""));
    assertThat(chat.deadLetters()).hasSize(letters);
  }

  private void overSocketIo(Friends friends) {
    try (RawSocket raw = RawSocket.connected(chat, friends.ann())) {
      raw.send(
          "420[\"send_message\",{\"conversationId\":\"%s\",\"content\":\"hello\"}]"
              .formatted(friends.conversation()));
    }
  }

  private static void plain(Friends friends) {
    Phone phone = friends.ben().phone();
    phone.send(
        "{\"event\":\"send_message\",\"data\":{\"conversationId\":\"%s\",\"content\":\"hi\"}}"
            .formatted(friends.conversation()));
    phone.die();
  }

  private static Callable<Boolean> callable(Runnable visit) {
    return () -> {
      visit.run();
      return true;
    };
  }
}
