package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An invite ends when its maker may make none any more. */
@ExtendWith(SharedChat.class)
class InviteEndTest {
  private final Chat chat;
  private final Team team;
  private final Person dan;

  InviteEndTest(Chat chat) {
    this.chat = chat;
    team = Team.meet(chat);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    dan = Person.register(chat, "Dan");
  }

  @Test
  void theInvitesOfAnAdminWhoIsDemotedEndForGood() {
    String bens = token(invite(team.ben()));
    String anns = token(invite(team.ann()));

    team.assign(team.ann(), team.ben(), "MEMBER").require(200);

    mustBeNone(bens);
    assertThat(makers()).containsExactly(team.ann().id());
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    mustBeNone(bens);
    join(dan, anns).require(201);
  }

  @Test
  void theInvitesOfAnAdminWhoIsRemovedOrLeavesEnd() {
    team.assign(team.ann(), team.cem(), "ADMIN").require(200);
    String bens = token(invite(team.ben()));
    String cems = token(invite(team.cem()));

    team.remove(team.ann(), team.ben()).requireDone();
    team.leave(team.cem()).requireDone();

    mustBeNone(bens);
    mustBeNone(cems);
    assertThat(makers()).isEmpty();
    team.add(team.ann(), team.cem()).require(201);
    team.assign(team.ann(), team.cem(), "ADMIN").require(200);
    mustBeNone(cems);
  }

  @Test
  void theInvitesOfAnOwnerOutliveTheHandOverAndEndWhenTheyLeave() {
    String anns = token(invite(team.ann()));
    String bens = token(invite(team.ben()));

    team.assign(team.ann(), team.ben(), "OWNER").require(200);
    join(dan, anns).require(201);
    join(Person.register(chat, "Eva"), bens).require(201);
    team.leave(team.ann()).requireDone();

    join(Person.register(chat, "Fay"), anns).mustRefuse(404, "INVITE_NOT_FOUND");
    join(Person.register(chat, "Gus"), bens).require(201);
  }

  @RepeatedTest(5)
  void anInviteThatIsMadeWhileItsMakerIsDemotedEndsOrIsNotMade() {
    List<Response> answers =
        Together.run(
            List.of(
                () -> invite(team.ben()),
                () -> team.assign(team.ann(), team.ben(), "MEMBER"),
                () -> invite(team.ben())));

    answers.get(1).require(200);
    for (Response made : List.of(answers.getFirst(), answers.getLast())) {
      if (made.status() == 201) {
        mustBeNone(token(made));
      } else {
        made.mustRefuse(403, "ROLE_REQUIRED");
      }
    }
    assertThat(makers()).isEmpty();
  }

  @RepeatedTest(3)
  void whoJoinsWhileTheMakerIsDemotedIsInOrHasNoInvite() {
    String bens = token(invite(team.ben()));
    List<Response> answers =
        Together.run(
            List.of(() -> join(dan, bens), () -> team.assign(team.ann(), team.ben(), "MEMBER")));

    answers.getLast().require(200);
    boolean joined = answers.getFirst().status() == 201;
    if (!joined) {
      answers.getFirst().mustRefuse(404, "INVITE_NOT_FOUND");
    }
    List<String> story = team.story(team.ann());
    assertThat(story.subList(1, story.size()))
        .isEqualTo(
            joined
                ? List.of("ROLE_CHANGED", "MEMBER_JOINED", "ROLE_CHANGED")
                : List.of("ROLE_CHANGED", "ROLE_CHANGED"));
  }

  private Response invite(Person maker) {
    return maker.api().post("/groups/" + team.id() + "/invites", Map.of());
  }

  private static String token(Response made) {
    return made.require(201).path("token").asText();
  }

  private static Response join(Person person, String token) {
    return person.api().post("/invites/join", Map.of("token", token));
  }

  private void mustBeNone(String token) {
    dan.api().post("/invites/preview", Map.of("token", token)).mustRefuse(404, "INVITE_NOT_FOUND");
    join(dan, token).mustRefuse(404, "INVITE_NOT_FOUND");
  }

  /** Who made the invites that the owner is shown. */
  private List<String> makers() {
    return team.ann().list("/groups/" + team.id() + "/invites").stream()
        .map(invite -> invite.path("createdBy").asText())
        .toList();
  }
}
