package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups: what they are, who is in them, and what each role may. */
@ExtendWith(SharedChat.class)
class GroupTest {
  private final Chat chat;

  GroupTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aGroupIsMadeWithFriendsAndIsTheSameForAllButForTheRole() {
    Team team = Team.meet(chat);

    JsonNode anns = team.seenBy(team.ann());
    JsonNode bens = team.seenBy(team.ben());

    assertThat(anns.path("kind").asText()).isEqualTo("GROUP");
    assertThat(anns.path("group"))
        .isEqualTo(
            Json.read(
                """
                {"title": "Team", "picture": null, "memberCount": 3, "role": "OWNER",
                 "history": "JOINED"}
                """));
    assertThat(bens.at("/group/role").asText()).isEqualTo("MEMBER");
    assertThat(anns.path("lastMessage").asText())
        .isEqualTo(Sentence.of("{Ann} created the group “{Team}”"));
    assertThat(anns.path("lastReadSeq").asInt()).as("one's own doing is not unread").isEqualTo(1);
    assertThat(bens.path("lastReadSeq").asInt()).as("nor is a change by others").isEqualTo(1);
    assertThat(team.cem().list("/conversations")).containsExactly(team.seenBy(team.cem()));
    assertThat(team.roles(team.cem()))
        .isEqualTo(
            Map.of(team.ann().id(), "OWNER", team.ben().id(), "MEMBER", team.cem().id(), "MEMBER"));
  }

  @Test
  void aGroupThatIsAskedForTwiceUnderOneClientIdIsMadeOnce() {
    Person ann = Person.register(chat, "Ann");
    Map<String, String> group = Map.of("title", "Once", "clientId", UUID.randomUUID().toString());

    JsonNode first = ann.api().post("/groups", group).require(201);
    JsonNode second = ann.api().post("/groups", group).require(201);

    assertThat(second).isEqualTo(first);
    assertThat(ann.list("/conversations")).hasSize(1);
    Map<String, String> other = new HashMap<>(group);
    other.put("title", "Twice");
    ann.api().post("/groups", other).mustRefuse(409, "CLIENT_ID_REUSED");
  }

  @Test
  void everyMessageReachesAllMembersLiveAndBySync() {
    Team team = Team.meet(chat);
    Mirror cems = new Mirror(team.cem());
    cems.catchUp(50);
    try (Phone bens = team.ben().phone();
        Phone anns = team.ann().phone()) {
      JsonNode sent = anns.say(team.id(), "hello all").acked();

      assertThat(bens.awaitMessage("hello all").data()).isEqualTo(sent);
      assertThat(sent.at("/message/seq").asInt()).isEqualTo(2);
    }
    cems.catchUp(50);
    assertThat(cems.messages(team.id()))
        .containsExactlyElementsOf(team.cem().history(team.id()).reversed());
  }

  @Test
  void everyChangeIsTheNextMessageOfTheGroup() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    Mirror bens = new Mirror(team.ben());
    bens.catchUp(50);
    try (Phone phone = team.ben().phone()) {
      team.change(team.ann(), Map.of("title", "Renamed")).require(200);
      team.change(team.ann(), Map.of("picture", "images/1", "history", "ALL")).require(200);
      team.ann().send(team.id(), "between").require(201);
      team.add(team.ann(), dan).require(201);
      team.assign(team.ann(), team.ben(), "ADMIN").require(200);
      team.remove(team.ben(), dan).requireDone();
      team.leave(team.cem()).requireDone();
      team.assign(team.ann(), team.ben(), "OWNER").require(200);

      List<String> story =
          List.of(
              "GROUP_CREATED",
              "DETAILS_CHANGED",
              "DETAILS_CHANGED",
              "between",
              "MEMBERS_ADDED",
              "ROLE_CHANGED",
              "MEMBER_REMOVED",
              "MEMBER_LEFT",
              "ROLE_CHANGED");
      assertThat(team.story(team.ann())).isEqualTo(story);
      assertThat(team.ben().contents(team.id()))
          .containsExactly(
              Sentence.of("{Ann} handed the group over to {Ben}"),
              Sentence.of("{Cem} left"),
              Sentence.of("{Ben} removed {Dan}"),
              Sentence.of("{Ann} made {Ben} an admin"),
              Sentence.of("{Ann} added {Dan}"),
              "between",
              Sentence.of("{Ann} changed the picture"),
              Sentence.of("{Ann} named the group “{Renamed}”"),
              Sentence.of("{Ann} created the group “{Team}”"));
      assertThat(phone.awaitCount("message:new", 8))
          .extracting(frame -> frame.data().at("/message/seq").asInt())
          .containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
    }
    bens.catchUp(50);
    assertThat(bens.messages(team.id())).isEqualTo(team.ben().history(team.id()).reversed());
    assertThat(bens.known("CONVERSATION").get(team.id())).isEqualTo(team.seenBy(team.ben()));
    assertThat(team.roles(team.ann()))
        .isEqualTo(Map.of(team.ann().id(), "ADMIN", team.ben().id(), "OWNER"));
  }

  @Test
  void whatIsSoAlreadyIsNotTold() {
    Team team = Team.meet(chat);

    team.change(team.ann(), Map.of("title", "Team")).require(200);
    team.change(team.ann(), Map.of()).require(200);
    team.add(team.ann(), team.ben()).require(201);
    team.assign(team.ann(), team.cem(), "MEMBER").require(200);
    team.assign(team.ann(), team.ann(), "OWNER").require(200);

    assertThat(team.story(team.ann())).containsExactly("GROUP_CREATED");
  }

  @Test
  void aNewcomerIsShownTheGroupAndSeesNothingOfThePastUnlessItIsOpen() {
    Team team = Team.meet(chat);
    team.ann().send(team.id(), "old").require(201);
    Person dan = Person.register(chat, "Dan");
    Person eva = Person.register(chat, "Eva");
    team.ann().befriend(dan);
    team.ann().befriend(eva);
    Mirror dans = new Mirror(dan);
    dans.catchUp(50);
    String old = team.ann().history(team.id()).getFirst().path("id").asText();
    try (Phone phone = dan.phone()) {
      team.add(team.ann(), dan).require(201);

      assertThat(phone.awaitEvent("conversation:updated").data()).isEqualTo(team.seenBy(dan));
      phone.awaitMessage(Sentence.of("{Ann} added {Dan}"));
      assertThat(phone.received("message:new")).hasSize(1);
    }
    assertThat(team.story(dan)).containsExactly("MEMBERS_ADDED");
    assertThat(team.seenBy(dan).path("lastSeq").asInt()).isEqualTo(3);
    assertThat(team.seenBy(dan).path("lastReadSeq").asInt()).isEqualTo(3);
    dan.api()
        .get("/messages?conversationId=" + team.id() + "&cursor=" + old)
        .mustRefuse(400, "INVALID_CURSOR");
    dans.catchUp(50);
    assertThat(dans.messages(team.id())).isEqualTo(dan.history(team.id()));

    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    team.add(team.ann(), eva).require(201);

    assertThat(team.story(eva))
        .containsExactly(
            "GROUP_CREATED", "old", "MEMBERS_ADDED", "DETAILS_CHANGED", "MEMBERS_ADDED");
    assertThat(team.story(dan)).as("it stays so for who came before").hasSize(3);
  }

  @Test
  void whoLeavesOrIsRemovedGetsNothingMoreAndSeesNothingMore() {
    Team team = Team.meet(chat);
    Mirror bens = new Mirror(team.ben());
    bens.catchUp(50);
    try (Phone phones = team.ben().phone();
        Phone cems = team.cem().phone()) {
      team.leave(team.ben()).requireDone();
      team.remove(team.ann(), team.cem()).requireDone();
      for (Phone phone : List.of(phones, cems)) {
        assertThat(phone.awaitEvent("conversation:removed").data())
            .isEqualTo(Json.read("{\"conversationId\": \"" + team.id() + "\"}"));
      }
      team.ann().send(team.id(), "among ourselves").require(201);

      assertThat(phones.everythingSoFar()).hasSize(1);
      assertThat(cems.everythingSoFar())
          .extracting(Frame::event)
          .containsExactly("message:new", "conversation:removed");
    }
    bens.catchUp(50);
    assertThat(bens.known("CONVERSATION")).doesNotContainKey(team.id());
    team.ben().send(team.id(), "still here").mustRefuse(404, "CONVERSATION_NOT_FOUND");
    team.ben()
        .api()
        .get("/messages?conversationId=" + team.id())
        .mustRefuse(404, "CONVERSATION_NOT_FOUND");
    team.ben().api().get("/conversations/" + team.id()).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    assertThat(team.ben().list("/conversations")).isEmpty();
  }

  @Test
  void theOwnerHandsTheGroupOverBeforeLeavingUnlessAloneInIt() {
    Team team = Team.meet(chat);

    team.leave(team.ann()).mustRefuse(409, "LAST_OWNER");
    team.assign(team.ann(), team.ann(), "ADMIN").mustRefuse(409, "LAST_OWNER");
    team.assign(team.ann(), team.ann(), "MEMBER").mustRefuse(409, "LAST_OWNER");
    team.assign(team.ann(), team.ben(), "OWNER").require(200);
    team.leave(team.ann()).requireDone();
    team.leave(team.cem()).requireDone();
    team.leave(team.ben()).requireDone();

    team.ben().api().get("/conversations/" + team.id()).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    try (Database database = chat.openDatabase()) {
      assertThat(
              database.run(
                  "select cast(id as text) from messages where conversation_id = '%s'"
                      .formatted(team.id())))
          .as("a group that nobody is in is gone")
          .isEmpty();
    }
  }

  @Test
  void anAdminMayEverythingButTouchTheOwner() {
    Team team = Team.meet(chat);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);

    team.remove(team.ben(), team.ann()).mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ben(), team.ann(), "ADMIN").mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ben(), team.ben(), "OWNER").mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ben(), team.cem(), "OWNER").mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ben(), team.cem(), "ADMIN").require(200);
    team.change(team.cem(), Map.of("title", "Ours")).require(200);
    team.assign(team.cem(), team.ben(), "MEMBER").require(200);
    team.remove(team.cem(), team.ben()).requireDone();
    assertThat(team.roles(team.ann()))
        .isEqualTo(Map.of(team.ann().id(), "OWNER", team.cem().id(), "ADMIN"));
  }

  @Test
  void aMemberMayOnlyWriteAndLeave() {
    Team team = Team.meet(chat);
    Person friend = Person.register(chat, "Friend");
    team.ben().befriend(friend);
    JsonNode before = team.seenBy(team.ann());

    team.change(team.ben(), Map.of("title", "Mine")).mustRefuse(403, "ROLE_REQUIRED");
    team.add(team.ben(), friend).mustRefuse(403, "ROLE_REQUIRED");
    team.remove(team.ben(), team.cem()).mustRefuse(403, "ROLE_REQUIRED");
    team.remove(team.ben(), team.ann()).mustRefuse(403, "ROLE_REQUIRED");
    team.assign(team.ben(), team.ben(), "ADMIN").mustRefuse(403, "ROLE_REQUIRED");

    assertThat(team.seenBy(team.ann())).isEqualTo(before);
  }

  @Test
  void whoIsNotInAGroupIsAnsweredAsIfItDidNotExist() {
    Team team = Team.meet(chat);
    Team nowhere = new Team(team.ann(), team.ben(), team.cem(), UUID.randomUUID().toString());
    Friends friends = Friends.meet(chat);
    Team direct = new Team(friends.ann(), friends.ben(), team.cem(), friends.conversation());
    Person eve = Person.register(chat, "Eve");

    for (Team group : List.of(team, nowhere, direct)) {
      Person by = group.equals(direct) ? friends.ann() : eve;
      group.change(by, Map.of("title", "Mine")).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      group.add(by, eve).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      group.remove(by, group.ben()).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      group.leave(by).mustRefuse(404, "CONVERSATION_NOT_FOUND");
      group.assign(by, by, "OWNER").mustRefuse(404, "CONVERSATION_NOT_FOUND");
      by.api().get("/groups/" + group.id() + "/members").mustRefuse(404, "CONVERSATION_NOT_FOUND");
    }
    team.remove(team.ann(), eve).mustRefuse(404, "MEMBER_NOT_FOUND");
    team.assign(team.ann(), eve, "ADMIN").mustRefuse(404, "MEMBER_NOT_FOUND");
    team.assign(team.ann(), eve, "OWNER").mustRefuse(404, "MEMBER_NOT_FOUND");
  }

  @Test
  void strangersAndUnknownUsersAreNeitherAddedNorTheFriendsThatAreNamedWithThem() {
    Team team = Team.meet(chat);
    Person stranger = Person.register(chat, "Stranger");
    Person friend = Person.register(chat, "Friend");
    team.ann().befriend(friend);
    Person unknown =
        new Person(chat, UUID.randomUUID().toString(), "Nobody", "n@example.org", "", "");

    for (Person other : List.of(stranger, unknown, team.ann())) {
      Team.make(team.ann(), "With others", friend, other).mustRefuse(403, "NOT_FRIENDS");
    }
    for (Person other : List.of(stranger, unknown)) {
      team.add(team.ann(), friend, other).mustRefuse(403, "NOT_FRIENDS");
    }
    assertThat(team.ann().list("/conversations")).hasSize(1);
    assertThat(team.roles(team.ann())).hasSize(3);
    assertThat(team.story(team.ann())).containsExactly("GROUP_CREATED");
  }

  @Test
  void whoLetsNobodyAddThemIsNotAddedAndStillJoinsByAnInvite() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    Person eva = Person.register(chat, "Eva");
    team.ann().befriend(dan);
    team.ann().befriend(eva);
    addToGroups(dan, "NOBODY");
    addToGroups(team.ben(), "NOBODY");

    team.add(team.ann(), dan).mustRefuse(403, "NOT_FRIENDS");
    team.add(team.ann(), eva, dan).mustRefuse(403, "NOT_FRIENDS");
    Team.make(team.ann(), "Another", eva, dan).mustRefuse(403, "NOT_FRIENDS");
    assertThat(dan.list("/conversations")).isEmpty();
    assertThat(eva.list("/conversations")).isEmpty();
    team.add(team.ann(), team.ben()).require(201);
    assertThat(team.roles(team.ann())).as("who is in stays in").hasSize(3);
    JsonNode invite =
        team.ann().api().post("/groups/" + team.id() + "/invites", Map.of()).require(201);
    Map<String, ?> token = Map.of("token", invite.path("token").asText());
    dan.api().post("/invites/join", token).require(201);
    team.leave(dan).requireDone();

    addToGroups(dan, "FRIENDS");

    team.add(team.ann(), eva, dan).require(201);
    assertThat(team.roles(team.ann())).hasSize(5);
  }

  private static void addToGroups(Person person, String who) {
    JsonNode settings =
        person.api().patch("/users/me/settings", Map.of("addToGroups", who)).require(200);
    assertThat(settings.path("addToGroups").asText()).isEqualTo(who);
    assertThat(person.api().get("/users/me/settings").require(200)).isEqualTo(settings);
  }

  @Test
  void whomABlockStandsBetweenIsNotAddedWhicheverOfThemBlocks() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    List<List<Person>> blocks = List.of(List.of(team.ann(), dan), List.of(dan, team.ann()));

    for (List<Person> block : blocks) {
      block.getFirst().block(block.getLast()).require(200);
      team.add(team.ann(), dan).mustRefuse(403, "NOT_FRIENDS");
      Team.make(team.ann(), "Another", dan).mustRefuse(403, "NOT_FRIENDS");
      block.getFirst().unblock(block.getLast()).requireDone();
    }

    assertThat(dan.list("/conversations")).isEmpty();
    team.add(team.ann(), dan).require(201);
  }

  @Test
  void inAGroupOfBothWhoBlocksAndWhoIsBlockedReadAndWriteAsAllDo() {
    Team team = Team.meet(chat);
    team.ann().block(team.ben()).require(200);
    try (Phone anns = team.ann().phone()) {
      team.ben().send(team.id(), "to all").require(201);
      anns.awaitMessage("to all");
    }
    team.ann().send(team.id(), "and back").require(201);

    for (Person member : List.of(team.ann(), team.ben(), team.cem())) {
      assertThat(team.story(member)).containsExactly("GROUP_CREATED", "to all", "and back");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"title\": \" \"}",
        "{\"title\": \"\u2007\ufeff\"}",
        "{\"title\": \"\u200b\u3164\"}",
        "{\"title\": \"two\\nlines\"}",
        "{\"title\": \"\\u202eTeam\"}",
        "{\"title\": \"A\", \"picture\": \"javascript:alert(1)\"}",
        "{\"title\": \"A\", \"picture\": \"../../etc\"}",
        "{\"title\": \"A\", \"history\": \"SOME\"}",
        "{\"title\": \"A\", \"userIds\": []}",
        "{\"title\": \"A\", \"userIds\": [7]}",
        "{\"title\": \"A\", \"userIds\": \"ben\"}",
        "{\"title\": \"A\", \"userIds\": [\"ben\"]}"
      })
  void aGroupAgainstTheRulesIsNotMade(String body) {
    Person ann = Person.register(chat, "Ann");

    ann.api().call("POST", "/groups", body).mustRefuse(400, "VALIDATION_FAILED");

    assertThat(ann.list("/conversations")).isEmpty();
  }
}
