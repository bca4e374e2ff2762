package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The system before and after Lambda takes and restores snapshots of its functions. */
@ExtendWith(SharedChat.class)
class SnapStartTest {
  private static final String SECRET = "secretsmanager:GetSecretValue";

  private final Chat chat;

  SnapStartTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void takingASnapshotAsksNoService() {
    Friends.meet(chat);
    chat.awaitSilence();
    long mark = chat.ledger().mark();

    chat.takeSnapshot();

    assertThat(chat.ledger().since(mark)).isEmpty();
  }

  @Test
  void whatWasSignedAndConnectedBeforeASnapshotWorksAfterItsRestore() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      chat.takeSnapshot();
      chat.restoreSnapshot();

      friends.ann().send(friends.conversation(), "over HTTP").require(201);
      bens.awaitMessage("over HTTP");
      try (Phone anns = friends.ann().phone()) {
        anns.say(friends.conversation(), "over a socket").acked();
      }
      bens.awaitMessage("over a socket");
    }
    assertThat(friends.ben().contents(friends.conversation()))
        .containsExactly("over a socket", "over HTTP");
  }

  @Test
  void theSecretIsFetchedOnceAfterARestore() {
    Person ann = Person.register(chat, "Ann");
    chat.takeSnapshot();
    chat.restoreSnapshot();
    long mark = chat.ledger().mark();

    ann.api().get("/users/me").require(200);
    ann.api().get("/users/me").require(200);

    assertThat(chat.ledger().count(SECRET, mark)).isEqualTo(1);
  }

  @Test
  void aFunctionRestoredDaysLaterGoesByTheTimeOfTheDay() {
    Person ann = Person.register(chat, "Ann");
    chat.takeSnapshot();
    chat.clock().advance(Duration.ofDays(3));
    chat.restoreSnapshot();

    ann.api().get("/users/me").mustRefuse(401, "TOKEN_EXPIRED");
    ann.login().api().get("/users/me").require(200);
  }
}
