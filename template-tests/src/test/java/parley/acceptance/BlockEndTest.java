package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the end of a block shows of what came while it stood. */
@ExtendWith(SharedChat.class)
class BlockEndTest {
  private final Chat chat;

  BlockEndTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void theEndOfABlockShowsWhoCameInWhileItStoodToBoth() {
    Team team = Team.meet(chat);
    String later = Team.found(team.ann());
    team.ben().block(team.cem()).require(200);
    add(team.ann(), later, team.ben(), team.cem());
    team.ann().send(later, "Hello").require(201);
    for (Person member : List.of(team.ann(), team.ben(), team.cem())) {
      Receipts.move(member, later, Map.of("readSeq", 3)).require(200);
    }
    List<Mirror> mirrors = List.of(new Mirror(team.ben()), new Mirror(team.cem()));
    mirrors.forEach(mirror -> mirror.catchUp(50));

    team.ben().unblock(team.cem()).requireDone();

    for (Person person : List.of(team.ben(), team.cem())) {
      assertThat(Receipts.of(person, later))
          .containsEntry(team.ben().id(), "3/3")
          .containsEntry(team.cem().id(), "3/3");
    }
    mirrors.forEach(mirror -> mirror.catchUp(50));
    assertThat(mirrors.getFirst().known("RECEIPT").get(later))
        .isEqualTo(Receipts.read(team.ben(), later));
    assertThat(mirrors.getLast().known("RECEIPT").get(later))
        .isEqualTo(Receipts.read(team.cem(), later));
  }

  @Test
  void theEndOfABlockShowsReceiptsOfAConversationThatWasOpenedMeanwhile() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    ann.befriend(ben);
    ann.block(ben).require(200);
    String direct = ben.converse(ann);
    ben.send(direct, "hidden").require(201);
    Mirror bens = new Mirror(ben);
    bens.catchUp(50);

    ann.unblock(ben).requireDone();

    bens.catchUp(50);
    assertThat(bens.known("CONVERSATION").get(direct))
        .isEqualTo(ben.api().get("/conversations/" + direct).require(200));
  }

  private static void add(Person by, String group, Person... members) {
    by.api()
        .post(
            "/groups/" + group + "/members",
            Map.of("userIds", List.of(members).stream().map(Person::id).toList()))
        .require(201);
  }
}
