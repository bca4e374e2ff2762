package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;
import parley.acceptance.SocketIoDevice.Told;

/** The stock Socket.IO clients, unmodified, with nothing but options. */
@ExtendWith(SharedChat.class)
class SocketIoClientTest {
  private final Chat chat;

  SocketIoClientTest(Chat chat) {
    this.chat = chat;
  }

  @ParameterizedTest
  @EnumSource
  void twoPeopleMeetAndChatOnDevicesOfBothProtocols(Kind kind) {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    try (SocketIoDevice anns = kind.connect(chat, ann.accessToken());
        SocketIoDevice bens = kind.connect(chat, ben.accessToken());
        Phone bensBrowser = ben.phone()) {
      anns.awaitConnects(1);
      bens.awaitConnects(1);

      String request = ann.requestFriendship(ben).require(201).path("id").asText();
      assertThat(bens.awaitEvent("friend:request_sent"))
          .isEqualTo(bensBrowser.awaitEvent("friend:request_sent").data());
      ben.respond(request, "ACCEPT").require(201);
      assertThat(anns.awaitEvent("friend:request_accepted").path("userId").asText())
          .isEqualTo(ben.id());
      String conversation = ann.converse(ben);

      assertThat(bens.ask("join_conversation", conversation).path("conversationId").asText())
          .as("a bare id")
          .isEqualTo(conversation);
      JsonNode acked = anns.ask("send_message", draft(conversation, "Hello Ben 👋", "one"));
      assertThat(acked.at("/message/seq").asInt()).isEqualTo(1);
      for (SocketIoDevice device : List.of(anns, bens)) {
        assertThat(device.awaitMessage("Hello Ben 👋")).isEqualTo(acked);
      }
      assertThat(bensBrowser.awaitMessage("Hello Ben 👋").data()).isEqualTo(acked);

      bensBrowser.say(conversation, "Hello Ann").acked();
      anns.awaitMessage("Hello Ann");
      bens.emit("send_message", draft(conversation, "no ack wanted", "two"));
      bensBrowser.awaitMessage("no ack wanted");
      assertThat(ben.contents(conversation))
          .containsExactly("no ack wanted", "Hello Ann", "Hello Ben 👋");

      String id = acked.at("/message/id").asText();
      JsonNode edited = anns.ask("edit_message", Map.of("messageId", id, "content", "Hello"));
      assertThat(bens.awaitEvent("message:updated").path("message")).isEqualTo(edited);
      assertThat(bens.ask("delete_message", Map.of("messageId", id)).at("/error/code").asText())
          .isEqualTo("NOT_YOUR_MESSAGE");
      assertThat(anns.count("disconnect")).isZero();
      assertThat(anns.count("connect")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureAnswersTheAckOrIsAnErrorEvent(Kind kind) {
    Friends friends = Friends.meet(chat);
    Person mallory = Person.register(chat, "Mallory");
    try (SocketIoDevice device = kind.connect(chat, mallory.accessToken())) {
      device.awaitConnects(1);

      JsonNode answer = device.ask("send_message", draft(friends.conversation(), "let me in", "x"));
      assertThat(answer.at("/error/code").asText()).isEqualTo("CONVERSATION_NOT_FOUND");
      device.emit("join_conversation", Map.of("conversationId", friends.conversation()));
      assertThat(device.awaitEvent("error").path("code").asText())
          .isEqualTo("CONVERSATION_NOT_FOUND");
      assertThat(device.ask("no_such_event", "x").at("/error/code").asText())
          .isEqualTo("UNKNOWN_EVENT");
      assertThat(device.count("disconnect")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadTokenIsAConnectErrorAndAGoodOneThenConnects(Kind kind) {
    Person ann = Person.register(chat, "Ann");
    try (SocketIoDevice device = kind.connect(chat, "no.good.token")) {
      Told refusal = device.await("the refusal", told -> told.what().equals("connect_error"));
      assertThat(refusal.details()).isEqualTo("the token is not valid");
      assertThat(refusal.data().path("code").asText()).isEqualTo("UNAUTHENTICATED");

      device.authenticate(ann.accessToken());
      device.connectAgain();

      device.awaitConnects(1);
    }
  }

  @Test
  void emitWithAckAndTimeoutWork() {
    Friends friends = Friends.meet(chat);
    try (NodeDevice device = node(friends.ann(), "{}")) {
      device.awaitConnects(1);

      JsonNode acked =
          device.request(
              "emitWithAck",
              Map.of(),
              "send_message",
              draft(friends.conversation(), "with a promise", "p"));
      assertThat(acked.at("/0/message/content").asText()).isEqualTo("with a promise");
      JsonNode inTime =
          device.request(
              "askWithin",
              Map.of("millis", 20_000),
              "send_message",
              draft(friends.conversation(), "in time", "t"));
      assertThat(inTime.path(0).isNull()).as("no error").isTrue();
      assertThat(inTime.at("/1/message/content").asText()).isEqualTo("in time");
    }
  }

  @Test
  void aClientThatRetriesStoresItsMessageOnce() {
    Friends friends = Friends.meet(chat);
    try (NodeDevice device = node(friends.ann(), "{\"retries\": 20, \"ackTimeout\": 700}")) {
      device.awaitConnects(1);
      JsonNode[] answer = new JsonNode[1];
      chat.withoutDatabase(
          () ->
              device.emit("send_message", draft(friends.conversation(), "sent before", "before")));
      answer[0] =
          device.request(
              "ask", Map.of(), "send_message", draft(friends.conversation(), "again", "again"));

      assertThat(answer[0].path(0).isNull()).isTrue();
      assertThat(answer[0].at("/1/message/content").asText()).isEqualTo("again");
      assertThat(friends.ben().contents(friends.conversation()))
          .filteredOn("again"::equals)
          .hasSize(1);
    }
  }

  private NodeDevice node(Person person, String options) {
    return NodeDevice.connect("socket.io-client", chat.httpUrl(), person.accessToken(), options);
  }

  static Map<String, String> draft(String conversation, String content, String clientId) {
    return Map.of("conversationId", conversation, "content", content, "clientId", clientId);
  }
}
