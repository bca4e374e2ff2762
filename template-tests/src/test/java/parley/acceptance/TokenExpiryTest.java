package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that were good once, over HTTP and on connections that they opened. */
@ExtendWith(SharedChat.class)
class TokenExpiryTest {
  private final Chat chat;
  private final Friends friends;

  TokenExpiryTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
  }

  @Test
  void anAccessTokenIsGoodForAnHour() {
    Person ann = friends.ann();
    chat.clock().advance(Duration.ofMinutes(59));
    ann.api().get("/users/me").require(200);
    chat.clock().advance(Duration.ofMinutes(2));

    ann.api().get("/users/me").mustRefuse(401, "TOKEN_EXPIRED");
    assertThat(
            Phone.handshake(
                chat.socketUrl(),
                Map.of("Authorization", "Bearer " + ann.accessToken()),
                List.of()))
        .isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsGoodFor30Days() {
    Person ann = friends.ann();
    Person ben = friends.ben();
    chat.clock().advance(Duration.ofDays(29));
    chat.api().post("/auth/refresh", Map.of("refreshToken", ann.refreshToken())).require(201);
    chat.clock().advance(Duration.ofDays(2));

    chat.api()
        .post("/auth/refresh", Map.of("refreshToken", ben.refreshToken()))
        .mustRefuse(401, "TOKEN_EXPIRED");
  }

  @Test
  void aFrameAfterTheTokensExpiryIsRefusedAndClosesTheConnection() {
    try (Phone phone = friends.ann().phone()) {
      waitFor61Minutes(phone);

      phone.say(friends.conversation(), "too late").mustRefuse("TOKEN_EXPIRED");

      phone.awaitClose();
    }
    assertThat(friends.ben().login().history(friends.conversation())).isEmpty();
  }

  @Test
  void aDeviceWhoseTokenHasExpiredIsServedNothingMore() {
    try (Phone phone = friends.ben().phone()) {
      waitFor61Minutes(phone);

      friends.ann().login().send(friends.conversation(), "for whoever may read").require(201);

      phone.awaitClose();
      assertThat(phone.received("message:new")).isEmpty();
    }
    assertThat(chat.aws().connectionsOf(friends.ben())).isEmpty();
  }

  /** Lets an hour pass, with a frame now and then, as an idle connection is closed earlier. */
  private void waitFor61Minutes(Phone phone) {
    for (int i = 0; i < 7; i++) {
      chat.clock().advance(Duration.ofMinutes(8));
      phone.everythingSoFar();
    }
    chat.clock().advance(Duration.ofMinutes(5));
  }
}
