package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A group: Ann owns it, Ben and Cem are her friends and members. */
record Team(Person ann, Person ben, Person cem, String id) {
  static Team meet(Chat chat) {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    Person cem = Person.register(chat, "Cem");
    ann.befriend(ben);
    ann.befriend(cem);
    return new Team(ann, ben, cem, make(ann, "Team", ben, cem).require(201).path("id").asText());
  }

  static Response make(Person owner, String title, Person... members) {
    return owner.api().post("/groups", Map.of("title", title, "userIds", ids(members)));
  }

  /** A group with nobody in it but its owner. */
  static String found(Person owner) {
    return owner.api().post("/groups", Map.of("title", "Alone")).require(201).path("id").asText();
  }

  Response add(Person by, Person... members) {
    return by.api().post("/groups/" + id + "/members", Map.of("userIds", ids(members)));
  }

  Response remove(Person by, Person member) {
    return by.api().delete("/groups/" + id + "/members/" + member.id());
  }

  Response leave(Person member) {
    return remove(member, member);
  }

  Response assign(Person by, Person member, String role) {
    return by.api()
        .put("/groups/" + id + "/members/" + member.id() + "/role", Map.of("role", role));
  }

  Response change(Person by, Map<String, ?> change) {
    return by.api().patch("/groups/" + id, change);
  }

  /** Adds people who are in the database only, for registering takes its time. */
  void crowd(int size) {
    try (Database database = ann.chat().openDatabase()) {
      database.run(
          """
          with crowd as (
            insert into users (id, email, name, password_hash, created_at)
            select gen_random_uuid(), gen_random_uuid() || '@example.org', 'Crowd', '', now()
            from generate_series(1, %1$d)
            returning id
          ), grown as (
            update conversations set member_count = member_count + %1$d,
              membership_version = membership_version + 1
            where id = '%2$s'
          )
          insert into participants (conversation_id, user_id, joined_at, shares_feed)
          select '%2$s', id, now(), true from crowd
          """
              .formatted(size, id));
    }
  }

  /** The members' ids with their roles, as somebody sees them. */
  Map<String, String> roles(Person by) {
    return by.list("/groups/" + id + "/members").stream()
        .collect(
            Collectors.toMap(
                member -> member.path("id").asText(), member -> member.path("role").asText()));
  }

  /** The group as somebody sees it. */
  JsonNode seenBy(Person person) {
    return person.api().get("/conversations/" + id).require(200);
  }

  /**
   * The types of the changes that the history tells, the oldest first; of a message its content.
   */
  List<String> story(Person reader) {
    return reader.history(id).reversed().stream()
        .map(
            message ->
                message.has("change")
                    ? message.at("/change/type").asText()
                    : message.path("content").asText())
        .toList();
  }

  private static List<String> ids(Person... people) {
    return Arrays.stream(people).map(Person::id).toList();
  }
}
