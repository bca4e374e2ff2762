package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.acceptance.SocketIoDevice.Kind;
import parley.acceptance.SocketIoDevice.Told;

/** How many connections one user may have, whatever they speak. */
@ExtendWith(SharedChat.class)
class ConnectionCapTest {
  private static final int MOST = 100;

  private final Chat chat;
  private final Friends friends;
  private final Person ann;

  ConnectionCapTest(Chat chat) {
    this.chat = chat;
    this.friends = Friends.meet(chat);
    this.ann = friends.ann();
  }

  @Test
  void aHundredOfBothProtocolsTogetherAreServedOneMoreIsRefusedAndOneThatClosesMakesRoom() {
    List<Phone> phones = new ArrayList<>();
    List<RawSocket> sockets = new ArrayList<>();
    try {
      while (phones.size() + sockets.size() < MOST) {
        phones.add(ann.phone());
        sockets.add(RawSocket.connected(chat, ann));
      }
      assertThat(chat.aws().connectionsOf(ann)).hasSize(MOST);

      plainIsRefused();
      rawIsRefused();
      stockClientsAreRefused();

      assertThat(chat.aws().connectionsOf(ann)).hasSize(MOST);
      friends.ben().send(friends.conversation(), "to a hundred").require(201);
      phones.forEach(phone -> phone.awaitMessage("to a hundred"));
      sockets.forEach(socket -> socket.await("42[\"message:new\""));

      phones.removeLast().close();
      awaitRoom();
      sockets.add(RawSocket.connected(chat, ann));
      plainIsRefused();
      sockets.removeFirst().close();
      awaitRoom();
      phones.add(ann.phone());
      rawIsRefused();
    } finally {
      phones.forEach(Phone::close);
      sockets.forEach(RawSocket::close);
    }
  }

  private void awaitRoom() {
    Eventually.await("there is room", () -> chat.aws().connectionsOf(ann).size() < MOST);
  }

  private void plainIsRefused() {
    Map<String, String> token = Map.of("Authorization", "Bearer " + ann.accessToken());
    assertThat(Phone.handshake(chat.socketUrl(), token, List.of())).isEqualTo(429);
  }

  private void rawIsRefused() {
    try (RawSocket raw = RawSocket.open(chat)) {
      raw.await("0{");
      raw.send("40{\"token\":\"" + ann.accessToken() + "\"}");
      String error = raw.await("44{").substring(2);
      assertThat(Json.read(error).at("/data/code").asText()).isEqualTo("TOO_MANY_CONNECTIONS");
      raw.awaitClose();
    }
  }

  private void stockClientsAreRefused() {
    for (Kind kind : Kind.values()) {
      try (SocketIoDevice device = kind.connect(chat, ann.accessToken())) {
        Told error = device.await("the refusal", told -> told.what().equals("connect_error"));
        assertThat(error.data().path("code").asText())
            .as("%s", kind)
            .isEqualTo("TOO_MANY_CONNECTIONS");
      }
    }
  }
}
