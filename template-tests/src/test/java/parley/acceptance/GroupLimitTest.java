package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many groups somebody makes, is added to by another, and is in. */
@ExtendWith(SharedChat.class)
class GroupLimitTest {
  private static final int IN_A_DAY = 50;

  private final Chat chat;
  private final Person ann;
  private final Person ben;
  private final Person cem;

  GroupLimitTest(Chat chat) {
    this.chat = chat;
    Team team = Team.meet(chat);
    ann = team.ann();
    ben = team.ben();
    cem = team.cem();
  }

  @Test
  void ofManyGroupsMadeAtOnceTheLastFewOfTheDayAreMade() {
    count(ann, ann, IN_A_DAY - 3);

    List<Callable<Response>> tasks =
        Collections.nCopies(8, () -> ann.api().post("/groups", Map.of("title", "One more")));
    List<Response> answers = Together.run(tasks);

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(3);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allSatisfy(answer -> answer.mustRefuse(409, "TOO_MANY_GROUPS_TODAY"));
    assertThat(ann.list("/conversations")).hasSize(1 + 3);
    anotherDay();
    Team.found(ann);
  }

  @Test
  void nobodyIsAddedByTheSameUserTimeAndAgainWhetherTheyLeaveOrNot() {
    Team team = new Team(ann, ben, cem, Team.found(ann));
    count(ann, ben, IN_A_DAY - 1);
    team.add(ann, ben).require(201);
    team.leave(ben).requireDone();

    team.add(ann, ben).mustRefuse(409, "TOO_MANY_GROUPS_TODAY");
    team.add(ann, ben, cem).mustRefuse(409, "TOO_MANY_GROUPS_TODAY");
    Team.make(ann, "Another", ben, cem).mustRefuse(409, "TOO_MANY_GROUPS_TODAY");

    assertThat(team.roles(ann)).containsOnlyKeys(ann.id());
    assertThat(run("select cast(count as text) from group_additions where added_id = '%s'", cem))
        .as("of what was refused nothing counts")
        .containsExactly("1");
    team.add(ann, cem).require(201);
    anotherDay();
    team.add(ann, ben).require(201);
  }

  @Test
  void othersAddSomebodyWhomOneUserHasAddedTooOften() {
    count(ann, ben, IN_A_DAY);
    cem.befriend(ben);

    Team.make(ann, "Another", ben).mustRefuse(409, "TOO_MANY_GROUPS_TODAY");
    Team.make(cem, "Another", ben).require(201);
  }

  @Test
  void aRepeatedRequestGivesItsGroupAlsoWhenNoMoreAreMade() {
    Map<String, ?> request = Map.of("title", "Once", "clientId", "c-1");
    JsonNode made = ann.api().post("/groups", request).require(201);
    count(ann, ann, IN_A_DAY);

    assertThat(ann.api().post("/groups", request).require(201)).isEqualTo(made);
    ann.api()
        .post("/groups", Map.of("title", "Twice", "clientId", "c-2"))
        .mustRefuse(409, "TOO_MANY_GROUPS_TODAY");
  }

  @Test
  void nobodyIsInMoreThanAThousandGroups() {
    Team full = new Team(ann, ben, cem, Team.found(ann));
    String invite =
        ann.api()
            .post("/groups/" + full.id() + "/invites", Map.of())
            .require(201)
            .path("token")
            .asText();
    run(
        """
        with made as (
          insert into conversations (id, kind, title, history, member_count, created_at)
          select gen_random_uuid(), 'GROUP', 'One of many', 'ALL', 1, now()
          from generate_series(1, 998)
          returning id
        )
        insert into participants (conversation_id, user_id, role, joined_at, shares_feed)
        select id, '%s', 'OWNER', now(), true from made
        """,
        ben);
    full.add(ann, ben).require(201);

    Team.make(ann, "Another", ben, cem).mustRefuse(409, "TOO_MANY_GROUPS");
    ben.api().post("/groups", Map.of("title", "Mine")).mustRefuse(409, "TOO_MANY_GROUPS");
    new Team(ann, ben, cem, Team.found(ann)).add(ann, ben).mustRefuse(409, "TOO_MANY_GROUPS");
    full.leave(ben).requireDone();
    Team.make(ann, "Another", ben, cem).require(201);
    ben.api().post("/invites/join", Map.of("token", invite)).mustRefuse(409, "TOO_MANY_GROUPS");
    ben.converse(ann);
  }

  /** Lets somebody have been added so often today. */
  private void count(Person by, Person added, int count) {
    run(
        """
        insert into group_additions (adder_id, added_id, since, count)
        values ('%s', '%%s', now(), %d)
        on conflict (adder_id, added_id) do update set count = excluded.count
        """
            .formatted(by.id(), count),
        added);
  }

  private void anotherDay() {
    run("update group_additions set since = since - interval '1 day' where adder_id = '%s'", ann);
  }

  private List<String> run(String sql, Person person) {
    try (Database database = chat.openDatabase()) {
      return database.run(sql.formatted(person.id()));
    }
  }
}
