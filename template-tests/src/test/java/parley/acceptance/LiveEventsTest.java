package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is told what, live. */
@ExtendWith(SharedChat.class)
class LiveEventsTest {
  private final Chat chat;

  LiveEventsTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aMessageSentOverHttpReachesEveryConnectionOfBoth() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone();
        Phone bensTablet = friends.ben().phone()) {
      JsonNode sent = friends.ann().send(friends.conversation(), "by HTTP").require(201);

      for (Phone phone : List.of(anns, bens, bensTablet)) {
        assertThat(phone.awaitMessage("by HTTP").data()).isEqualTo(sent);
      }
    }
  }

  @Test
  void joiningAndLeavingChangeNothingOfWhatADeviceReceives() {
    Friends friends = Friends.meet(chat);
    Map<String, String> id = Map.of("conversationId", friends.conversation());
    try (Phone anns = friends.ann().phone();
        Phone bens = friends.ben().phone()) {
      assertThat(bens.request("join_conversation", id).acked())
          .isEqualTo(Json.read(Json.write(id)));
      anns.say(friends.conversation(), "while joined").acked();
      bens.awaitMessage("while joined");

      assertThat(bens.request("leave_conversation", friends.conversation()).acked())
          .isEqualTo(Json.read(Json.write(id)));
      anns.say(friends.conversation(), "after leaving").acked();
      bens.awaitMessage("after leaving");
    }
  }

  @Test
  void anEventWithoutAnIdIsServedAndNotAnswered() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone()) {
      anns.send(
          Json.write(
              Map.of(
                  "event",
                  "send_message",
                  "data",
                  Map.of("conversationId", friends.conversation(), "content", "no answer"))));

      anns.awaitMessage("no answer");
      assertThat(anns.everythingSoFar()).extracting(Frame::event).containsExactly("message:new");
      assertThat(anns.received("ack")).as("of the barrier").hasSize(1);
    }
  }

  @Test
  void anIdMayBeAString() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = friends.ann().phone()) {
      anns.send(
          Json.write(
              Map.of("event", "join_conversation", "id", "first", "data", friends.conversation())));

      anns.await("the ack", frame -> frame.answers("first")).acked();
    }
  }

  @Test
  void onlyWhoAskedIsToldOfARejection() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    try (Phone anns = ann.phone();
        Phone bens = ben.phone()) {
      JsonNode request = ann.requestFriendship(ben).require(201);
      String requestId = request.path("id").asText();
      assertThat(ben.respond(requestId, "REJECT").require(201).path("status").asText())
          .isEqualTo("REJECTED");

      assertThat(anns.awaitEvent("friend:request_rejected").data())
          .isEqualTo(Json.read(Json.write(Map.of("requestId", requestId))));
      assertThat(bens.everythingSoFar())
          .extracting(Frame::event)
          .containsExactly("friend:request_sent");
      assertThat(ann.list("/friends")).isEmpty();
    }
  }

  @Test
  void aRejectedRequestMayBeMadeAgain() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    String first = ann.requestFriendship(ben).require(201).path("id").asText();
    ben.respond(first, "REJECT").require(201);

    String second = ann.requestFriendship(ben).require(201).path("id").asText();

    assertThat(second).isNotEqualTo(first);
    ben.respond(second, "ACCEPT").require(201);
    assertThat(ann.list("/friends")).hasSize(1);
  }

  @Test
  void aThirdPersonReceivesNothingOfTheOthersConversation() {
    Person mallory = Person.register(chat, "Mallory");
    try (Phone mallorys = mallory.phone()) {
      Friends friends = Friends.meet(chat);
      try (Phone anns = friends.ann().phone();
          Phone bens = friends.ben().phone()) {
        mallorys
            .request("join_conversation", friends.conversation())
            .mustRefuse("CONVERSATION_NOT_FOUND");
        anns.say(friends.conversation(), "between us").acked();
        friends.ben().send(friends.conversation(), "just us").require(201);
        bens.awaitMessage("between us");

        assertThat(mallorys.everythingSoFar())
            .as("but the error that answered the join")
            .extracting(Frame::event)
            .containsExactly("error");
      }
    }
  }
}
