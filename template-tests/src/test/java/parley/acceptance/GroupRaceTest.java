package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens in a group at once: its outcome is that of one after the other. */
@ExtendWith(SharedChat.class)
class GroupRaceTest {
  private final Chat chat;

  GroupRaceTest(Chat chat) {
    this.chat = chat;
  }

  @RepeatedTest(3)
  void ofTwoAdminsWhoRemoveEachOtherOneStays() {
    Team team = Team.meet(chat);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.assign(team.ann(), team.cem(), "ADMIN").require(200);

    List<Response> answers =
        Together.run(
            List.of(
                () -> team.remove(team.ben(), team.cem()),
                () -> team.remove(team.cem(), team.ben())));

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(204, 404);
    assertThat(team.roles(team.ann())).hasSize(2);
    assertThat(team.seenBy(team.ann()).at("/group/memberCount").asInt()).isEqualTo(2);
  }

  @RepeatedTest(3)
  void ofTwoAdminsWhoDemoteEachOtherOneStaysAnAdmin() {
    Team team = Team.meet(chat);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.assign(team.ann(), team.cem(), "ADMIN").require(200);

    List<Response> answers =
        Together.run(
            List.of(
                () -> team.assign(team.ben(), team.cem(), "MEMBER"),
                () -> team.assign(team.cem(), team.ben(), "MEMBER")));

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(200, 403);
    assertThat(team.roles(team.ann()).values())
        .containsExactlyInAnyOrder("OWNER", "ADMIN", "MEMBER");
  }

  @RepeatedTest(3)
  void aGroupThatIsHandedOverTwiceAtOnceHasOneOwner() {
    Team team = Team.meet(chat);

    List<Response> answers =
        Together.run(
            List.of(
                () -> team.assign(team.ann(), team.ben(), "OWNER"),
                () -> team.assign(team.ann(), team.cem(), "OWNER")));

    assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(200, 403);
    assertThat(team.roles(team.ann()).values())
        .containsExactlyInAnyOrder("OWNER", "ADMIN", "MEMBER");
  }

  @RepeatedTest(3)
  void whatIsSentWhileTheSenderLeavesComesBeforeTheLeavingOrNotAtAll() {
    Team team = Team.meet(chat);
    List<Callable<Response>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tasks.add(() -> team.ben().send(team.id(), "last words"));
    }
    tasks.add(3, () -> team.leave(team.ben()));

    List<Response> answers = Together.run(tasks);

    List<String> story = team.story(team.ann());
    assertThat(story.getLast()).isEqualTo("MEMBER_LEFT");
    assertThat(answers.stream().filter(answer -> answer.status() == 201).count())
        .isEqualTo(story.stream().filter("last words"::equals).count());
    assertThat(answers)
        .allMatch(
            answer ->
                List.of(201, 204).contains(answer.status())
                    || answer.code().equals("CONVERSATION_NOT_FOUND"));
  }

  @RepeatedTest(3)
  void membersWhoComeAndGoWhileOthersWriteLeaveNoGapAndGetWhatTheyMayRead() {
    Team team = Team.meet(chat);
    List<Person> newcomers =
        IntStream.range(0, 3).mapToObj(i -> Person.register(chat, "New")).toList();
    newcomers.forEach(newcomer -> team.ann().befriend(newcomer));
    List<Mirror> mirrors = newcomers.stream().map(Mirror::new).toList();
    mirrors.forEach(mirror -> mirror.catchUp(50));
    List<Callable<Response>> tasks = new ArrayList<>();
    for (Person newcomer : newcomers) {
      tasks.add(() -> team.add(team.ann(), newcomer));
    }
    for (int i = 0; i < 8; i++) {
      tasks.add(() -> team.ben().send(team.id(), "meanwhile"));
    }
    tasks.add(() -> team.remove(team.ann(), team.cem()));

    List<Response> answers = Together.run(tasks);

    assertThat(answers).allMatch(answer -> answer.status() < 300);
    List<JsonNode> all = team.ann().history(team.id()).reversed();
    assertThat(all.stream().map(Mirror::seq))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 13).boxed().toList());
    for (int i = 0; i < newcomers.size(); i++) {
      Person newcomer = newcomers.get(i);
      mirrors.get(i).catchUp(50);
      int joined = joined(all, newcomer);
      assertThat(newcomer.history(team.id()).reversed()).isEqualTo(all.subList(joined, 13));
      assertThat(mirrors.get(i).messages(team.id())).isEqualTo(all.subList(joined, 13));
    }
    assertThat(team.seenBy(team.ann()).at("/group/memberCount").asInt()).isEqualTo(5);
  }

  private static int joined(List<JsonNode> messages, Person newcomer) {
    return IntStream.range(0, messages.size())
        .filter(i -> messages.get(i).at("/change/userIds").toString().contains(newcomer.id()))
        .findFirst()
        .orElseThrow();
  }

  @RepeatedTest(3)
  void anOwnerWhoLeavesAloneWhileSomebodyJoinsEndsTheGroupOrStays() {
    Person ann = Person.register(chat, "Ann");
    Person dan = Person.register(chat, "Dan");
    String id = Team.found(ann);
    Team team = new Team(ann, dan, dan, id);
    String token =
        ann.api().post("/groups/" + id + "/invites", Map.of()).require(201).path("token").asText();

    List<Response> answers =
        Together.run(
            List.of(
                () -> team.leave(ann),
                () -> dan.api().post("/invites/join", Map.of("token", token))));

    boolean ended = answers.getFirst().status() == 204;
    if (ended) {
      answers.getLast().mustRefuse(404, "INVITE_NOT_FOUND");
    } else {
      answers.getFirst().mustRefuse(409, "LAST_OWNER");
      answers.getLast().require(201);
    }
    assertThat(dan.list("/conversations")).hasSize(ended ? 0 : 1);
    assertThat(ann.list("/conversations")).hasSize(ended ? 0 : 1);
  }

  /** The last two places of a group of 1,000 are wanted by three at once, of whom two fit. */
  @Test
  void aGroupHasAThousandMembersAlsoWhenTwoAddAtOnce() {
    Team team = Team.meet(chat);
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    Person dan = Person.register(chat, "Dan");
    Person eva = Person.register(chat, "Eva");
    Person fay = Person.register(chat, "Fay");
    team.ann().befriend(dan);
    team.ann().befriend(eva);
    team.ben().befriend(fay);
    team.crowd(995);
    assertThat(team.seenBy(team.ann()).at("/group/memberCount").asInt()).isEqualTo(998);
    try (Phone cems = team.cem().phone()) {
      List<Response> answers =
          Together.run(
              List.of(() -> team.add(team.ann(), dan, eva), () -> team.add(team.ben(), fay)));

      assertThat(answers).extracting(Response::status).containsExactlyInAnyOrder(201, 409);
      assertThat(answers.stream().filter(answer -> answer.status() == 409))
          .allMatch(answer -> answer.code().equals("GROUP_FULL"));
      team.add(team.ann(), dan);
      team.add(team.ann(), eva);
      team.add(team.ben(), fay);
      assertThat(team.seenBy(team.ann()).at("/group/memberCount").asInt()).isEqualTo(1000);
      assertThat(team.ann().send(team.id(), "to all thousand").status()).isEqualTo(201);
      cems.awaitMessage("to all thousand");
    }
    Person gil = Person.register(chat, "Gil");
    team.ann().befriend(gil);
    team.add(team.ann(), gil).mustRefuse(409, "GROUP_FULL");
  }
}
