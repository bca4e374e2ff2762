package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asking for a group again under its client id when the world has changed meanwhile. */
@ExtendWith(SharedChat.class)
class GroupRetryTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;
  private final Person cem;

  GroupRetryTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
    cem = Person.register(chat, "Cem");
    ann.befriend(ben);
    ann.befriend(cem);
  }

  @Test
  void aRetryGivesTheGroupAlsoIfItsMembersMayNotBeAddedAnyMore() {
    List<BiConsumer<Person, Person>> changes =
        List.of(
            (maker, member) -> member.unfriend(maker).requireDone(),
            (maker, member) -> member.block(maker).require(200),
            (maker, member) ->
                member
                    .api()
                    .patch("/users/me/settings", Map.of("addToGroups", "NOBODY"))
                    .require(200));
    for (BiConsumer<Person, Person> change : changes) {
      Person dan = Person.register(chat, "Dan");
      ann.befriend(dan);
      Map<String, Object> group = group(dan);
      String made = ann.api().post("/groups", group).require(201).path("id").asText();

      change.accept(ann, dan);

      assertThat(ann.api().post("/groups", group).require(201).path("id").asText()).isEqualTo(made);
    }
  }

  @Test
  void aRetryShowsEachMemberTheGroupAsTheyKeepIt() {
    Map<String, Object> group = group(ben, cem);
    String id = ann.api().post("/groups", group).require(201).path("id").asText();
    for (Person member : List.of(ben, cem)) {
      member
          .api()
          .patch(
              "/conversations/" + id,
              Map.of(
                  "mutedUntil",
                  member.equals(ben) ? "2030-01-01T00:00:00.000Z" : "2031-01-01T00:00:00.000Z"))
          .require(200);
    }
    try (Phone bens = ben.phone();
        Phone cems = cem.phone()) {
      ann.api().post("/groups", group).require(201);

      assertThat(shown(bens)).isEqualTo(seen(ben, id));
      assertThat(shown(cems)).isEqualTo(seen(cem, id));
    }
  }

  private static JsonNode shown(Phone phone) {
    return phone.awaitEvent("conversation:updated").data();
  }

  private static JsonNode seen(Person person, String id) {
    return person.api().get("/conversations/" + id).require(200);
  }

  private static Map<String, Object> group(Person... members) {
    return Map.of(
        "title",
        "Once",
        "userIds",
        List.of(members).stream().map(Person::id).toList(),
        "clientId",
        UUID.randomUUID().toString());
  }
}
