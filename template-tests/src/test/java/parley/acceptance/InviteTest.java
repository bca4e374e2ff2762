package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining a group by an invite. */
@ExtendWith(SharedChat.class)
class InviteTest {
  private final Chat chat;

  InviteTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void whoHoldsAnInviteSeesTheGroupAndJoinsIt() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    JsonNode invite = invite(team, Map.of("maxUses", 2));
    String token = invite.path("token").asText();

    assertThat(preview(dan, token).require(200))
        .isEqualTo(
            Json.read(
                "{\"groupId\": \"%s\", \"title\": \"Team\", \"picture\": null, \"memberCount\": 3}"
                    .formatted(team.id())));
    try (Phone bens = team.ben().phone();
        Phone dans = dan.phone()) {
      JsonNode joined = join(dan, token).require(201);

      assertThat(joined).isEqualTo(team.seenBy(dan));
      assertThat(joined.at("/group/memberCount").asInt()).isEqualTo(4);
      assertThat(dans.awaitEvent("conversation:updated").data()).isEqualTo(joined);
      assertThat(
              bens.awaitMessage(Sentence.of("{Dan} joined by an invite"))
                  .data()
                  .at("/message/change"))
          .isEqualTo(Json.read("{\"type\": \"MEMBER_JOINED\"}"));
    }
    assertThat(team.story(dan)).containsExactly("MEMBER_JOINED");
    join(dan, token).require(201);
    assertThat(invites(team).getFirst().path("uses").asInt()).as("once a person").isEqualTo(1);
    assertThat(invites(team).getFirst().has("token")).isFalse();
  }

  @Test
  void anInviteExpires() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    String token = invite(team, Map.of("expiresInSeconds", 3600)).path("token").asText();
    assertThat(invites(team)).hasSize(1);

    chat.clock().advance(Duration.ofMinutes(61));
    Person danLater = dan.login();
    Team later = new Team(team.ann().login(), team.ben(), team.cem(), team.id());

    preview(danLater, token).mustRefuse(410, "INVITE_EXPIRED");
    join(danLater, token).mustRefuse(410, "INVITE_EXPIRED");
    assertThat(invites(later)).isEmpty();
    assertThat(later.roles(later.ann())).hasSize(3);
  }

  @RepeatedTest(3)
  void theLastUseOfAnInviteGoesToOneOfThoseWhoJoinAtOnce() {
    Team team = Team.meet(chat);
    List<Person> people =
        List.of(
            Person.register(chat, "Dan"),
            Person.register(chat, "Eva"),
            Person.register(chat, "Fay"));
    String token = invite(team, Map.of("maxUses", 1)).path("token").asText();

    List<Response> answers =
        Together.run(
            people.stream().map(person -> (Callable<Response>) () -> join(person, token)).toList());

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(201, 410, 410);
    assertThat(answers.stream().filter(answer -> answer.status() == 410))
        .allMatch(answer -> answer.code().equals("INVITE_USED_UP"));
    assertThat(team.seenBy(team.ann()).at("/group/memberCount").asInt()).isEqualTo(4);
    assertThat(team.roles(team.ann())).hasSize(4);
  }

  @RepeatedTest(3)
  void oneWhoJoinsTwiceAtOnceIsInOnce() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    String token = invite(team, Map.of()).path("token").asText();

    List<Response> answers = Together.run(List.of(() -> join(dan, token), () -> join(dan, token)));

    assertThat(answers).allMatch(answer -> answer.status() == 201);

    assertThat(team.story(team.ann())).containsExactly("GROUP_CREATED", "MEMBER_JOINED");
    assertThat(invites(team).getFirst().path("uses").asInt()).isEqualTo(1);
  }

  @Test
  void whoWasRemovedComesBackOnlyIfAnAdminAddsThem() {
    Team team = Team.meet(chat);
    String token = invite(team, Map.of()).path("token").asText();
    team.remove(team.ann(), team.ben()).requireDone();
    team.leave(team.cem()).requireDone();

    preview(team.ben(), token).mustRefuse(404, "INVITE_NOT_FOUND");
    join(team.ben(), token).mustRefuse(404, "INVITE_NOT_FOUND");
    join(team.cem(), token).require(201);
    team.add(team.ann(), team.ben()).require(201);
    team.leave(team.ben()).requireDone();
    join(team.ben(), token).require(201);
  }

  @Test
  void anInviteIsWorthlessWhileABlockStandsBetweenItsMakerAndWhoHoldsIt() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    String token = invite(team, Map.of()).path("token").asText();

    for (List<Person> block : List.of(List.of(team.ann(), dan), List.of(dan, team.ann()))) {
      block.getFirst().block(block.getLast()).require(200);
      preview(dan, token).mustRefuse(404, "INVITE_NOT_FOUND");
      join(dan, token).mustRefuse(404, "INVITE_NOT_FOUND");
      block.getFirst().unblock(block.getLast()).requireDone();
    }

    team.ben().block(dan).require(200);
    join(dan, token).require(201);
    team.ann().block(dan).require(200);
    preview(dan, token).mustRefuse(404, "INVITE_NOT_FOUND");
    join(dan, token).mustRefuse(404, "INVITE_NOT_FOUND");
  }

  @Test
  void aRevokedInviteLetsNobodyIn() {
    Team team = Team.meet(chat);
    JsonNode invite = invite(team, Map.of());
    Person dan = Person.register(chat, "Dan");
    String path = "/groups/" + team.id() + "/invites/" + invite.path("id").asText();

    team.ann().api().delete(path).requireDone();

    join(dan, invite.path("token").asText()).mustRefuse(404, "INVITE_NOT_FOUND");
    team.ann().api().delete(path).mustRefuse(404, "INVITE_NOT_FOUND");
  }

  @Test
  void invitesAreTheAdmins() {
    Team team = Team.meet(chat);
    Person eve = Person.register(chat, "Eve");
    String path = "/groups/" + team.id() + "/invites";
    String invite = path + "/" + invite(team, Map.of()).path("id").asText();

    team.ben().api().post(path, Map.of()).mustRefuse(403, "ROLE_REQUIRED");
    team.ben().api().get(path).mustRefuse(403, "ROLE_REQUIRED");
    team.ben().api().delete(invite).mustRefuse(403, "ROLE_REQUIRED");
    eve.api().post(path, Map.of()).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    eve.api().get(path).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    eve.api().delete(invite).mustRefuse(404, "CONVERSATION_NOT_FOUND");
    join(eve, "no such token").mustRefuse(404, "INVITE_NOT_FOUND");
    join(eve, UUID.randomUUID().toString()).mustRefuse(404, "INVITE_NOT_FOUND");
    assertThat(invites(team)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expiresInSeconds\": 3599}",
        "{\"expiresInSeconds\": 2592001}",
        "{\"expiresInSeconds\": 9223372036854775807}",
        "{\"expiresInSeconds\": -1}",
        "{\"expiresInSeconds\": \"day\"}",
        "{\"maxUses\": 0}",
        "{\"maxUses\": 1001}",
        "{\"uses\": 1}"
      })
  void anInviteAgainstTheRulesIsNotMade(String body) {
    Person ann = Person.register(chat, "Ann");
    String path = "/groups/" + Team.found(ann) + "/invites";

    ann.api().call("POST", path, body).mustRefuse(400, "VALIDATION_FAILED");

    assertThat(ann.list(path)).isEmpty();
  }

  private static JsonNode invite(Team team, Map<String, ?> invite) {
    return team.ann().api().post("/groups/" + team.id() + "/invites", invite).require(201);
  }

  private static List<JsonNode> invites(Team team) {
    return team.ann().list("/groups/" + team.id() + "/invites");
  }

  private static Response preview(Person person, String token) {
    return person.api().post("/invites/preview", Map.of("token", token));
  }

  private static Response join(Person person, String token) {
    return person.api().post("/invites/join", Map.of("token", token));
  }
}
