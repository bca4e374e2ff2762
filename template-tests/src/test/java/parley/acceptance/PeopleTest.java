package parley.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom somebody is shown, and that a device which follows the feed shows them as they are. */
@ExtendWith(SharedChat.class)
class PeopleTest {
  private final Chat chat;
  private final Person ann;
  private final Person ben;

  PeopleTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    ben = Person.register(chat, "Ben");
  }

  @Test
  void aFormerFriendsConversationFollowsTheirProfile() {
    ann.befriend(ben);
    ann.converse(ben);
    ann.unfriend(ben).requireDone();

    mustFollow(ben);
    assertThat(ben.list("/conversations").getFirst().at("/otherUser/name").asText())
        .isEqualTo("Anna");
  }

  @Test
  void aRequestFollowsTheProfilesOfBoth() {
    ann.requestFriendship(ben).require(201);
    Person cem = Person.register(chat, "Cem");
    cem.requestFriendship(ann).require(201);

    mustFollow(ben, cem);
  }

  @Test
  void whoBlocksSomebodyHasThemUnderTheirPresentNameAndIsToldNothingLive() {
    ben.block(ann).require(200);
    Person cem = Person.register(chat, "Cem");
    ann.befriend(cem);
    ann.block(cem).require(200);

    try (Phone bens = ben.phone()) {
      mustFollow(ben, cem);
      chat.awaitIdle();
      assertThat(bens.everythingSoFar()).isEmpty();
    }
    assertThat(ben.list("/blocks").getFirst().at("/user/name").asText()).isEqualTo("Anna");
    assertThat(cem.list("/friends").getFirst().path("name").asText()).isEqualTo("Anna");
  }

  @Test
  void membersOfAGroupFollowWhoIsInItAndWhoHasLeft() {
    Team team = Team.meet(chat);
    team.ann().befriend(ann);
    team.add(team.ann(), ann).require(201);
    ann.sent(team.id(), "Hello");
    Mirror bens = started(team.ben());

    rename(ann, "Anna");
    mustBeUpToDate(bens);
    team.leave(ann).requireDone();
    mustBeUpToDate(bens);
    rename(ann, "Anne");
    mustBeUpToDate(bens);

    assertThat(shown(bens, ann)).isEqualTo("Anne");
    assertThat(
            team.ben().list("/messages?conversationId=" + team.id()).stream()
                .map(message -> message.at("/sender/name").asText()))
        .contains("Anne");
  }

  /** A device that lost sight of somebody does not go on with their old name. */
  @Test
  void whoIsSeenAgainHasTheirPresentName() {
    Team team = Team.meet(chat);
    team.change(team.ann(), Map.of("history", "ALL")).require(200);
    team.cem().sent(team.id(), "Hello");
    Mirror bens = started(team.ben());
    team.leave(team.ben()).requireDone();
    mustBeUpToDate(bens);
    rename(team.cem(), "Cemal");
    team.add(team.ann(), team.ben()).require(201);

    mustBeUpToDate(bens);
    team.cem().sent(team.id(), "Hello again");
    mustBeUpToDate(bens);
    assertThat(shown(bens, team.cem())).isEqualTo("Cemal");
  }

  @Test
  void everybodyWhomAMessageNamesCanBeShownAlsoWhenTheyHaveLeft() {
    Team team = Team.meet(chat);
    Map<String, Object> draft =
        Map.of(
            "conversationId", team.id(),
            "content", "Hello @Ben",
            "mentions", List.of(team.ben().id()));
    String message =
        team.ann().api().post("/messages", draft).require(201).at("/message/id").asText();
    team.cem().sent(team.id(), "Bye");
    team.assign(team.ann(), team.ben(), "ADMIN").require(200);
    team.ben().api().put("/messages/" + message + "/pin").require(200);
    team.leave(team.ben()).requireDone();
    team.remove(team.ann(), team.cem()).requireDone();
    team.ann().befriend(ben);
    team.add(team.ann(), ben).require(201);

    Mirror anns = started(team.ann());

    anns.mustBeUpToDate();
    assertThat(shown(anns, team.cem())).isEqualTo("Cem");
    assertThat(shown(anns, team.ben())).isEqualTo("Ben");
    assertThat(found(team.ann(), team.ben(), team.cem())).hasSize(2);
    assertThat(found(ben, team.ben(), team.cem()))
        .as("who came in later sees nothing of them")
        .isEmpty();
  }

  @Test
  void theSenderOfAMessageIsAsOthersSeeThemWhereverMessagesAreRead() {
    Friends friends = Friends.meet(chat);
    String message = friends.ben().sent(friends.conversation(), "fishing");
    Api anns = friends.ann().api();
    anns.put("/messages/" + message + "/star").require(200);
    anns.put("/messages/" + message + "/pin").require(200);
    friends.ben().api().patch("/users/me", Map.of("profileImage", "images/ben.png")).require(200);

    Stream<JsonNode> read =
        Stream.of(
                "/messages?conversationId=" + friends.conversation(),
                "/messages/starred",
                "/messages/search?q=fishing",
                "/conversations/" + friends.conversation() + "/pins")
            .map(path -> friends.ann().list(path).getFirst())
            .map(item -> item.has("message") ? item.path("message") : item);

    assertThat(read)
        .extracting(shown -> shown.path("sender"))
        .containsOnly(
            Json.read(
                """
                {"id": "%s", "name": "Ben", "profileImage": "images/ben.png", "version": 1}
                """
                    .formatted(friends.ben().id())));
  }

  @Test
  void onlyWhoIsShownIsFoundById() {
    Person friend = Person.register(chat, "Friend");
    Person former = Person.register(chat, "Former");
    Person withdrawn = Person.register(chat, "Withdrawn");
    Person stranger = Person.register(chat, "Stranger");
    ann.befriend(friend);
    ann.befriend(former);
    ann.unfriend(former).requireDone();
    ann.withdraw(ann.requestFriendship(withdrawn).require(201).path("id").asText()).requireDone();

    assertThat(found(ann, ann, friend, former, withdrawn, stranger))
        .containsExactlyInAnyOrder(ann.id(), friend.id());
    assertThat(ann.list("/users?ids=" + friend.id() + "," + friend.id())).hasSize(1);
    assertThat(ann.list("/users?ids=" + UUID.randomUUID())).isEmpty();
    assertThat(ann.list("/users?ids=" + friend.id()).getFirst())
        .isEqualTo(ann.list("/friends").getFirst());
  }

  @Test
  void aBlockChangesNothingOfWhomTheBlockedPersonFinds() {
    Person stranger = Person.register(chat, "Stranger");
    ann.befriend(ben);
    ann.block(ben).require(200);
    stranger.block(ben).require(200);
    rename(ann, "Anna");
    rename(stranger, "Still strange");

    assertThat(found(ben, ann, stranger)).containsExactly(ann.id());
    assertThat(found(ann, ben)).as("one's own block shows whom it is of").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?ids=", "?ids=x", "?ids=,", "?id=x"})
  void whatAreNoIdsIsRefused(String query) {
    ann.api().get("/users" + query).mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void atMostAHundredAreAskedForAtOnce() {
    String hundred =
        IntStream.range(0, 100)
            .mapToObj(n -> UUID.randomUUID().toString())
            .collect(Collectors.joining(","));

    assertThat(ann.list("/users?ids=" + hundred)).isEmpty();
    ann.api().get("/users?ids=" + hundred + "," + ann.id()).mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void whatIsSoAlreadyIsNoChangeAndToldToNobody() {
    ann.befriend(ben);
    Mirror bens = started(ben);
    try (Phone bensPhone = ben.phone()) {
      JsonNode same = ann.api().patch("/users/me", Map.of("name", "Ann")).require(200);

      assertThat(same.path("version").asLong()).isZero();
      assertThat(same).isEqualTo(ann.api().get("/users/me").require(200));
      chat.awaitIdle();
      assertThat(bensPhone.everythingSoFar()).isEmpty();
    }
    Eventually.await("all is settled", () -> bens.page(50).path("items").isEmpty());
    rename(ann, "Anna");
    assertThat(ann.api().get("/users/me").require(200).path("version").asLong()).isEqualTo(1);
  }

  /**
   * So many more than the rows that a change costs, and the last of them learns of it all the same.
   */
  @Test
  void aChangeCostsABoundedNumberOfRowsHoweverManyPeopleAreShownIt() {
    long crowd = 700;
    try (Database database = chat.openDatabase()) {
      database.run(
          """
          with crowd as (
            insert into users (id, email, name, password_hash, created_at)
            select gen_random_uuid(), gen_random_uuid() || '@example.org', 'Crowd', '', now()
            from generate_series(1, %1$d)
            returning id
          )
          insert into friendships (id, sender_id, receiver_id, status, created_at, answered_at)
          select gen_random_uuid(), id, '%2$s', 'ACCEPTED', now(), now() from crowd
          """
              .formatted(crowd, ann.id()));
      ann.befriend(ben);

      mustFollow(ben);

      assertThat(
              database.run(
                  "select cast(count(*) as text) from feed where type = 'USER' and entity = '%s'"
                      .formatted(ann.id())))
          .containsExactly("501");
    }
  }

  /** Everybody is shown Ann, and follows her to another name, picture, handle and text. */
  private void mustFollow(Person... followers) {
    List<Mirror> mirrors = Stream.of(followers).map(PeopleTest::started).toList();
    ann.api()
        .patch(
            "/users/me",
            Map.of(
                "name", "Anna",
                "aboutMe", "New here",
                "profileImage", "images/anna.png",
                "handle", "Anna_" + ann.id().substring(24)))
        .require(200);
    for (Mirror mirror : mirrors) {
      mustBeUpToDate(mirror);
      assertThat(shown(mirror, ann)).isEqualTo("Anna");
    }
  }

  private static Mirror started(Person person) {
    Mirror mirror = new Mirror(person);
    mirror.catchUp(50);
    return mirror;
  }

  private static void mustBeUpToDate(Mirror mirror) {
    mirror.catchUp(50);
    mirror.mustBeUpToDate();
  }

  private static String shown(Mirror mirror, Person person) {
    return requireNonNull(mirror.people().get(person.id())).path("name").asText();
  }

  private static List<String> found(Person by, Person... people) {
    String ids = Stream.of(people).map(Person::id).collect(Collectors.joining(","));
    return by.list("/users?ids=" + ids).stream().map(user -> user.path("id").asText()).toList();
  }

  private static void rename(Person person, String name) {
    person.api().patch("/users/me", Map.of("name", name)).require(200);
  }
}
