package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.TypingTest.joined;
import static parley.acceptance.TypingTest.type;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Failed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;

/** How long typing goes on for whom it should not, when what ends it fails halfway. */
@TestInstance(Lifecycle.PER_CLASS)
class TypingRepairTest {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** A note, the statement, what expels, two reads, three posts, and the note's removal. */
  private static final int CALLS_OF_A_REMOVAL = 9;

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @Test
  void whoCannotBeExpelledIsToldNothingMoreAfterTwoMinutes() {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone bens = joined(team.ben(), team.id())) {
      chat.with(
          failing("DeleteItem", body -> body.contains("conversation#")),
          () -> team.remove(team.ann(), team.ben()).requireDone());
      type(anns, team.id(), true).acked();
      bens.awaitEvent("typing");

      chat.pass(Duration.ofMinutes(2));

      type(anns, team.id(), true).acked();
      type(bens, team.id(), true).mustRefuse("NOT_JOINED");
      bens.everythingSoFar();
      assertThat(bens.received("typing")).hasSize(1);
      assertThat(chat.aws().pendingSends()).isZero();
    }
  }

  @Test
  void whoHasComeBackBeforeTheRepairStays() {
    Team team = Team.meet(chat);
    try (Phone anns = joined(team.ann(), team.id());
        Phone bens = joined(team.ben(), team.id())) {
      chat.with(
          failing("DeleteItem", body -> body.contains("conversation#")),
          () -> team.remove(team.ann(), team.ben()).requireDone());
      team.add(team.ann(), team.ben()).require(201);

      chat.pass(Duration.ofMinutes(2));

      type(anns, team.id(), true).acked();
      bens.awaitEvent("typing");
      assertThat(bens.received("conversation:removed")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereverAFunctionDiesThatRemovesAMemberAllOfItIsDoneWithinTwoMinutesOrNothing(
      Moment moment) {
    List<Member> members = new ArrayList<>();
    try {
      for (int call = 1; call <= CALLS_OF_A_REMOVAL; call++) {
        Member member = Member.join(Team.meet(chat));
        members.add(member);
        KillAt kill = new KillAt(call, moment);
        chat.with(kill, () -> removeBen(member.team()));
        assertThat(kill.calls()).as("calls that were made").isGreaterThanOrEqualTo(call);
      }
      chat.pass(Duration.ofMinutes(2));

      members.forEach(Member::mustBeInOrOut);
    } finally {
      members.forEach(Member::close);
    }
    chat.pass(Duration.ofMinutes(3));
    assertThat(chat.aws().pendingSends()).isZero();
  }

  @Test
  void aGroupThatEndsTakesItsTypingWithIt() {
    Person ann = Person.register(chat, "Ann");
    String group = Team.found(ann);
    try (Phone anns = joined(ann, group)) {
      type(anns, group, true).acked();

      new Team(ann, ann, ann, group).leave(ann).requireDone();

      chat.clock().advance(PAUSE);
      type(anns, group, true).mustRefuse("NOT_JOINED");
      anns.awaitEvent("conversation:removed");
      assertThat(chat.aws().items())
          .noneMatch(item -> item.toString().contains("conversation#" + group));
    }
  }

  @Test
  void aBlockThatCannotDropTheCopiesOfWhoSeesWhomIsRefused() {
    Friends friends = Friends.meet(chat);
    try (Phone anns = joined(friends.ann(), friends.conversation());
        Phone bens = joined(friends.ben(), friends.conversation())) {
      type(anns, friends.conversation(), true).acked();
      chat.with(
          failing("UpdateItem", body -> body.contains("circle")),
          () -> friends.ben().block(friends.ann()).mustRefuse(503, "SERVICE_UNAVAILABLE"));

      assertThat(friends.ben().list("/blocks")).isEmpty();
      chat.clock().advance(PAUSE);
      type(anns, friends.conversation(), true).acked();
      bens.awaitCount("typing", 2);
    }
  }

  /** Ann types just before the block is stored, and the function dies just after. */
  @Test
  void aCopyFromTheMomentOfABlockWhoseFunctionDiesIsGoodForTwoMinutes() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      Meanwhile typing =
          new Meanwhile("HttpFunction", 3, () -> type(anns, conversation, true).acked());
      KillAt kill = new KillAt(3, Moment.AFTER);
      Faults both =
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              var _ = typing.onCall(service, request);
              return kill.onCall(service, request);
            }
          };
      chat.with(both, () -> friends.ben().api().status("PUT", "/blocks/" + friends.ann().id(), ""));
      assertThat(friends.ben().list("/blocks")).hasSize(1);
      bens.awaitEvent("typing");

      chat.clock().advance(Duration.ofMinutes(2));

      type(anns, conversation, true).acked();
      bens.everythingSoFar();
      assertThat(bens.received("typing")).hasSize(1);
    }
  }

  @Test
  void aCopyThatNobodyDroppedIsMadeAnewAfterADay() {
    Friends friends = Friends.meet(chat);
    String conversation = friends.conversation();
    chat.clock().advance(Duration.ofMinutes(3));
    try (Phone anns = joined(friends.ann(), conversation);
        Phone bens = joined(friends.ben(), conversation)) {
      type(anns, conversation, true).acked();
      bens.awaitEvent("typing");
      try (Database database = chat.openDatabase()) {
        database.run(
            "insert into blocks (blocker_id, blocked_id, created_at) values ('%s', '%s', now())"
                .formatted(friends.ben().id(), friends.ann().id()));
      }
    }
    assertThat(isToldOf(friends.ann().login(), friends.ben().login(), conversation))
        .as("the copy of a moment ago")
        .isTrue();
    chat.clock().advance(Duration.ofHours(23));
    assertThat(isToldOf(friends.ann().login(), friends.ben().login(), conversation)).isTrue();

    chat.clock().advance(Duration.ofHours(1));

    assertThat(isToldOf(friends.ann().login(), friends.ben().login(), conversation)).isFalse();
  }

  private static void removeBen(Team team) {
    int _ =
        team.ann()
            .api()
            .status("DELETE", "/groups/" + team.id() + "/members/" + team.ben().id(), "");
  }

  /** Ben, who may have been removed, and how the members of his group see that. */
  private record Member(Team team, Phone ann, Phone ben, Phone cem) {
    static Member join(Team team) {
      return new Member(
          team,
          joined(team.ann(), team.id()),
          joined(team.ben(), team.id()),
          joined(team.cem(), team.id()));
    }

    void mustBeInOrOut() {
      type(ann, team.id(), true).acked();
      cem.awaitEvent("typing");
      if (team.roles(team.ann()).size() == 3) {
        ben.awaitEvent("typing");
        type(ben, team.id(), true).acked();
      } else {
        ben.awaitEvent("conversation:removed");
        cem.awaitMessage(Sentence.of("{Ann} removed {Ben}"));
        type(ben, team.id(), true).mustRefuse("NOT_JOINED");
        ben.everythingSoFar();
        assertThat(ben.received("typing")).isEmpty();
      }
    }

    void close() {
      List.of(ann, ben, cem).forEach(Phone::close);
    }
  }

  private boolean isToldOf(Person typist, Person other, String conversation) {
    chat.clock().advance(PAUSE);
    try (Phone typists = joined(typist, conversation);
        Phone others = joined(other, conversation)) {
      type(typists, conversation, true).acked();
      others.everythingSoFar();
      return !others.received("typing").isEmpty();
    }
  }

  private static Faults failing(String operation, Predicate<String> body) {
    return new Faults() {
      @Override
      public CallFault onCall(String service, AwsRequest request) {
        return request.operation().equals(operation)
                && body.test(new String(request.body(), StandardCharsets.UTF_8))
            ? new Failed(Moment.BEFORE, 500, "InternalServerError")
            : CallFault.NONE;
      }
    };
  }
}
