package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.SocketIoDevice.Kind;

/** Groups and blocks, as stock Socket.IO clients and plain ones are told of them. */
@ExtendWith(SharedChat.class)
class GroupEventsTest {
  private final Chat chat;

  GroupEventsTest(Chat chat) {
    this.chat = chat;
  }

  @ParameterizedTest
  @EnumSource
  void aGroupsLifeIsTheSameOnDevicesOfBothProtocols(Kind kind) {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    Person cem = Person.register(chat, "Cem");
    ann.befriend(ben);
    try (SocketIoDevice anns = kind.connect(chat, ann.accessToken());
        SocketIoDevice bens = kind.connect(chat, ben.accessToken());
        Phone bensBrowser = ben.phone()) {
      anns.awaitConnects(1);
      bens.awaitConnects(1);

      JsonNode made = Team.make(ann, "Team", ben).require(201);
      Team team = new Team(ann, ben, cem, made.path("id").asText());
      assertThat(bens.awaitEvent("conversation:updated"))
          .isEqualTo(bensBrowser.awaitEvent("conversation:updated").data())
          .isEqualTo(team.seenBy(ben));
      mustBeTold(
          anns,
          bens,
          bensBrowser,
          Sentence.of("{Ann} created the group “{Team}”"),
          "GROUP_CREATED");

      team.change(ann, Map.of("title", "Crew")).require(200);
      mustBeTold(
          anns,
          bens,
          bensBrowser,
          Sentence.of("{Ann} named the group “{Crew}”"),
          "DETAILS_CHANGED");
      JsonNode acked =
          bens.ask("send_message", SocketIoClientTest.draft(team.id(), "hello, crew", "one"));
      assertThat(anns.awaitMessage("hello, crew")).isEqualTo(acked);

      team.remove(ann, ben).requireDone();
      assertThat(bens.awaitEvent("conversation:removed"))
          .isEqualTo(bensBrowser.awaitEvent("conversation:removed").data());
      anns.awaitMessage(Sentence.of("{Ann} removed {Ben}"));
      ann.send(team.id(), "among ourselves").require(201);
      anns.awaitMessage("among ourselves");
      assertThat(
              bens.ask("send_message", SocketIoClientTest.draft(team.id(), "still here", "two"))
                  .at("/error/code")
                  .asText())
          .isEqualTo("CONVERSATION_NOT_FOUND");
      assertThat(bens.all())
          .noneMatch(
              told ->
                  told.isMessage(Sentence.of("{Ann} removed {Ben}"))
                      || told.isMessage("among ourselves"));
      assertThat(anns.count("disconnect") + bens.count("disconnect")).isZero();
    }
  }

  private static void mustBeTold(
      SocketIoDevice anns, SocketIoDevice bens, Phone bensBrowser, String content, String change) {
    JsonNode told = anns.awaitMessage(content);
    assertThat(told.at("/message/change/type").asText()).isEqualTo(change);
    assertThat(bens.awaitMessage(content)).isEqualTo(told);
    assertThat(bensBrowser.awaitMessage(content).data()).isEqualTo(told);
  }

  @ParameterizedTest
  @EnumSource
  void aBlockHoldsForLiveConnectionsAtOnceAndIsToldToTheBlockersDevicesAlone(Kind kind) {
    Friends friends = Friends.meet(chat);
    try (SocketIoDevice anns = kind.connect(chat, friends.ann().accessToken());
        SocketIoDevice bens = kind.connect(chat, friends.ben().accessToken());
        Phone bensBrowser = friends.ben().phone()) {
      anns.awaitConnects(1);
      bens.awaitConnects(1);

      JsonNode block = friends.ann().block(friends.ben()).require(200);
      assertThat(anns.awaitEvent("user:blocked")).isEqualTo(block);
      JsonNode acked = bens.ask("send_message", draft(friends, "hidden", "one"));
      assertThat(bens.awaitMessage("hidden")).isEqualTo(acked);
      assertThat(bensBrowser.awaitMessage("hidden").data()).isEqualTo(acked);
      assertThat(
              anns.ask("send_message", draft(friends, "refused", "one")).at("/error/code").asText())
          .isEqualTo("BLOCKED_BY_YOU");

      friends.ann().unblock(friends.ben()).requireDone();
      anns.awaitEvent("user:unblocked");
      bens.ask("send_message", draft(friends, "seen", "two"));
      anns.awaitMessage("seen");

      assertThat(anns.all()).noneMatch(told -> told.isMessage("hidden"));
      assertThat(bens.all())
          .noneMatch(told -> told.isEvent("user:blocked") || told.isEvent("user:unblocked"));
      assertThat(bensBrowser.received("user:blocked")).isEmpty();
    }
  }

  private static Map<String, String> draft(Friends friends, String content, String clientId) {
    return SocketIoClientTest.draft(friends.conversation(), content, clientId);
  }
}
