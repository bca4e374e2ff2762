package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Catching up with a group, whose members share one feed. */
@ExtendWith(SharedChat.class)
class GroupSyncTest {
  private final Chat chat;

  GroupSyncTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aMessageIsOneRowOfTheFeedHoweverManyMembersThereAre() {
    Team team = Team.meet(chat);
    team.crowd(50);

    String id = team.ann().send(team.id(), "once").require(201).at("/message/id").asText();

    try (Database database = chat.openDatabase()) {
      assertThat(
              database.run(
                  "select cast(audience as text) from feed where entity = '%s'".formatted(id)))
          .containsExactly(team.id());
    }
  }

  @Test
  void aMemberANewcomerAndALeaverEachEndUpWithWhatTheyMayRead() {
    Team team = Team.meet(chat);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    List<Mirror> mirrors = List.of(new Mirror(team.ann()), new Mirror(team.ben()), new Mirror(dan));
    mirrors.forEach(mirror -> mirror.catchUp(50));

    team.ann().send(team.id(), "before").require(201);
    team.add(team.ann(), dan).require(201);
    team.ann().send(team.id(), "between").require(201);
    team.leave(team.ben()).requireDone();
    team.ann().send(team.id(), "after").require(201);

    for (int limit : List.of(2, 50)) {
      mirrors.forEach(mirror -> mirror.catchUp(limit));
      mirrors.forEach(Mirror::mustBeUpToDate);
    }
    assertThat(contents(mirrors.getLast(), team))
        .containsExactly(
            Sentence.of("{Ann} added {Dan}"), "between", Sentence.of("{Ben} left"), "after");
    assertThat(mirrors.get(1).known("CONVERSATION")).isEmpty();
    assertThat(mirrors.get(1).known("MESSAGE")).isEmpty();
    for (Person person : List.of(team.ann(), team.ben(), dan)) {
      Mirror fresh = new Mirror(person);
      fresh.catchUp(50);
      fresh.mustBeUpToDate();
    }
  }

  @Test
  void whoComesBackSeesNothingOfWhatWasWrittenMeanwhile() {
    Team team = Team.meet(chat);
    Mirror bens = new Mirror(team.ben());
    bens.catchUp(50);
    team.leave(team.ben()).requireDone();
    team.ann().send(team.id(), "meanwhile").require(201);
    team.add(team.ann(), team.ben()).require(201);
    team.ann().send(team.id(), "welcome back").require(201);

    bens.catchUp(50);

    bens.mustBeUpToDate();
    assertThat(contents(bens, team))
        .containsExactly(Sentence.of("{Ann} added {Ben}"), "welcome back");
    assertThat(team.ben().contents(team.id()))
        .containsExactly("welcome back", Sentence.of("{Ann} added {Ben}"));
  }

  @Test
  void aGroupPrecedesItsMessagesAlsoForWhoComesInLater() {
    Team team = Team.meet(chat);
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    Person dan = Person.register(chat, "Dan");
    team.ann().befriend(dan);
    Mirror dans = new Mirror(dan);
    dans.catchUp(50);
    team.ann().send(team.id(), "before").require(201);
    team.add(team.ann(), dan).require(201);

    List<String> types =
        dans.catchUp(50).stream()
            .flatMap(page -> Json.items(page.path("items")).stream())
            .map(item -> item.path("type").asText())
            .filter(type -> type.equals("CONVERSATION") || type.equals("MESSAGE"))
            .toList();
    assertThat(types).startsWith("CONVERSATION").contains("MESSAGE");
  }

  @Test
  void settingsOfOneMemberComeToThemAlone() {
    Team team = Team.meet(chat);
    Mirror anns = new Mirror(team.ann());
    Mirror bens = new Mirror(team.ben());
    List.of(anns, bens).forEach(mirror -> mirror.catchUp(50));

    team.ben().api().patch("/conversations/" + team.id(), Map.of("archived", true)).require(200);

    assertThat(anns.page(50).path("items")).isEmpty();
    bens.catchUp(50);
    assertThat(bens.known("CONVERSATION").get(team.id())).isEqualTo(team.seenBy(team.ben()));
  }

  private static List<String> contents(Mirror mirror, Team team) {
    return mirror.messages(team.id()).stream()
        .map(message -> message.path("content").asText())
        .toList();
  }
}
