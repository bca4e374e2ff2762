package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Coming into a group while a block or a setting forbids it: either comes first. */
@ExtendWith(SharedChat.class)
class AddingRaceTest {
  private final Team team;
  private final Person dan;

  AddingRaceTest(Chat chat) {
    team = Team.meet(chat);
    dan = Person.register(chat, "Dan");
  }

  @RepeatedTest(3)
  void whoBlocksWhileTheyAreAddedIsInOrNot() {
    team.ann().befriend(dan);

    List<Response> answers = atOnce(() -> team.add(team.ann(), dan), () -> dan.block(team.ann()));

    answers.getLast().require(200);
    mustBeInOrOut(answers.getFirst(), 403, "NOT_FRIENDS");
    if (answers.getFirst().status() != 201) {
      team.add(team.ann(), dan).mustRefuse(403, "NOT_FRIENDS");
    }
  }

  @RepeatedTest(3)
  void whoIsBlockedWhileTheyAreAddedIsInOrNot() {
    team.ann().befriend(dan);

    List<Response> answers = atOnce(() -> team.add(team.ann(), dan), () -> team.ann().block(dan));

    answers.getLast().require(200);
    mustBeInOrOut(answers.getFirst(), 403, "NOT_FRIENDS");
  }

  @RepeatedTest(3)
  void whoForbidsAddingWhileTheyAreAddedIsInOrNot() {
    team.ann().befriend(dan);
    Map<String, ?> setting = Map.of("addToGroups", "NOBODY");

    List<Response> answers =
        atOnce(
            () -> team.add(team.ann(), dan), () -> dan.api().patch("/users/me/settings", setting));

    answers.getLast().require(200);
    mustBeInOrOut(answers.getFirst(), 403, "NOT_FRIENDS");
  }

  @RepeatedTest(3)
  void aGroupThatIsMadeWithWhomABlockMeetsIsMadeWithAllOrNotAtAll() {
    team.ann().befriend(dan);

    List<Response> answers =
        atOnce(
            () -> Team.make(team.ann(), "Another", team.ben(), dan), () -> dan.block(team.ann()));

    answers.getLast().require(200);
    Response made = answers.getFirst();
    if (made.status() != 201) {
      made.mustRefuse(403, "NOT_FRIENDS");
    }
    int more = made.status() == 201 ? 1 : 0;
    assertThat(dan.list("/conversations")).hasSize(more);
    for (Person person : List.of(team.ann(), team.ben())) {
      assertThat(person.list("/conversations")).hasSize(1 + more);
    }
  }

  @RepeatedTest(3)
  void whoJoinsByAnInviteWhileItsMakerBlocksThemIsInOrNot() {
    Map<String, ?> token = invite();

    List<Response> answers =
        atOnce(() -> dan.api().post("/invites/join", token), () -> team.ann().block(dan));

    answers.getLast().require(200);
    mustBeInOrOut(answers.getFirst(), 404, "INVITE_NOT_FOUND");
  }

  @RepeatedTest(3)
  void whoBlocksTheMakerOfAnInviteWhileTheyJoinByItIsInOrNot() {
    Map<String, ?> token = invite();

    List<Response> answers =
        atOnce(() -> dan.api().post("/invites/join", token), () -> dan.block(team.ann()));

    answers.getLast().require(200);
    mustBeInOrOut(answers.getFirst(), 404, "INVITE_NOT_FOUND");
  }

  @RepeatedTest(3)
  void ofTwoAdminsOneOfWhomRemovesAndTheOtherDemotesOneIsStopped() {
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.assign(team.ann(), team.cem(), "ADMIN").require(200);

    List<Response> answers =
        atOnce(
            () -> team.remove(team.ben(), team.cem()),
            () -> team.assign(team.cem(), team.ben(), "MEMBER"));

    if (answers.getFirst().status() == 204) {
      answers.getLast().mustRefuse(404, "CONVERSATION_NOT_FOUND");
      assertThat(team.roles(team.ann()).values()).containsExactlyInAnyOrder("OWNER", "ADMIN");
    } else {
      answers.getFirst().mustRefuse(403, "ROLE_REQUIRED");
      answers.getLast().require(200);
      assertThat(team.roles(team.ann()).values())
          .containsExactlyInAnyOrder("OWNER", "ADMIN", "MEMBER");
    }
  }

  /** Who is in stays in, and every view of the group agrees with the answer. */
  private void mustBeInOrOut(Response answer, int status, String code) {
    boolean in = answer.status() == 201;
    if (!in) {
      answer.mustRefuse(status, code);
    }
    assertThat(team.roles(team.ben()).containsKey(dan.id())).isEqualTo(in);
    assertThat(team.seenBy(team.ben()).at("/group/memberCount").asInt()).isEqualTo(in ? 4 : 3);
    assertThat(dan.list("/conversations")).hasSize(in ? 1 : 0);
    if (in) {
      team.ann().send(team.id(), "to all").require(201);
      assertThat(dan.contents(team.id())).startsWith("to all");
    }
    Stream.of(dan, team.ann(), team.ben())
        .map(Mirror::new)
        .forEach(
            mirror -> {
              mirror.catchUp(50);
              mirror.mustBeUpToDate();
            });
  }

  private Map<String, ?> invite() {
    String path = "/groups/" + team.id() + "/invites";
    return Map.of(
        "token", team.ann().api().post(path, Map.of()).require(201).path("token").asText());
  }

  private static List<Response> atOnce(Callable<Response> one, Callable<Response> other) {
    return Together.run(List.of(one, other));
  }
}
