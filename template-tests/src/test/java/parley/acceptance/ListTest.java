package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.contract.Contract;

/** Every list of the contract, read page by page, also while it changes. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class ListTest {
  private static final int MANY = 5;
  private static final JsonNode PATHS = Contract.load().openApi().path("paths");

  private final Chat chat;
  private final String word = "w" + UUID.randomUUID().toString().replace("-", "");
  private final Person ann;
  private final List<Person> friends;
  private final String group;

  /** A list that Ann reads, and how a thing of it goes. */
  private record Listed(String path, Consumer<JsonNode> removal) {}

  private final Map<String, Listed> lists = new TreeMap<>();

  ListTest(Chat chat) {
    this.chat = chat;
    ann = Person.register(chat, "Ann");
    friends = IntStream.range(0, MANY).mapToObj(i -> Person.register(chat, word + i)).toList();
    friends.forEach(ann::befriend);
    group = Team.make(ann, "Team", friends.toArray(Person[]::new)).require(201).path("id").asText();
  }

  @BeforeAll
  void fill() {
    for (Person friend : friends) {
      friend.send(friend.converse(ann), "Hello").require(201);
      String message = ann.sent(group, word + " " + friend.name());
      ann.api().put("/messages/" + message + "/pin").require(200);
      ann.api().put("/messages/" + message + "/star").require(200);
      ann.api().post("/groups/" + group + "/invites", Map.of()).require(201);
    }
    for (String insert :
        List.of(
            """
            insert into friendships (id, sender_id, receiver_id, status, created_at)
            select gen_random_uuid(), '%s', id, 'PENDING', now() from crowd
            """,
            """
            insert into friendships (id, sender_id, receiver_id, status, created_at)
            select gen_random_uuid(), id, '%s', 'PENDING', now() from crowd
            """,
            """
            insert into blocks (blocker_id, blocked_id, created_at) select '%s', id, now() from crowd
            """)) {
      run(
          """
          with crowd as (
            insert into users (id, email, name, password_hash, created_at)
            select gen_random_uuid(), gen_random_uuid() || '@example.org', 'Crowd', '', now()
            from generate_series(1, %d)
            returning id
          )
          """
                  .formatted(MANY)
              + insert.formatted(ann.id()));
    }
    put(
        "/users/search",
        "/users/search?q=" + word,
        user -> run("update users set name = 'Gone' where id = '%s'", user.path("id")));
    put(
        "/friends",
        "/friends?",
        friend ->
            run(
                "delete from friendships where '%s' in (sender_id, receiver_id)",
                friend.path("id")));
    put(
        "/friends/presence",
        "/friends/presence?",
        friend ->
            run(
                "delete from friendships where '%s' in (sender_id, receiver_id)",
                friend.path("userId")));
    put(
        "/friends/requests",
        "/friends/requests?",
        request -> run("delete from friendships where id = '%s'", request.path("id")));
    put(
        "/friends/requests/me",
        "/friends/requests/me?",
        request -> ann.withdraw(request.path("id").asText()).requireDone());
    put(
        "/blocks",
        "/blocks?",
        block -> ann.api().delete("/blocks/" + block.at("/user/id").asText()).requireDone());
    put(
        "/conversations",
        "/conversations?",
        conversation -> run("delete from conversations where id = '%s'", conversation.path("id")));
    put(
        "/conversations/{conversationId}/pins",
        "/conversations/" + group + "/pins?",
        pin ->
            ann.api().delete("/messages/" + pin.at("/message/id").asText() + "/pin").requireDone());
    put(
        "/groups/{groupId}/members",
        "/groups/" + group + "/members?",
        member ->
            run(
                "delete from participants where user_id = '%s' and role <> 'OWNER'",
                member.path("id")));
    put(
        "/groups/{groupId}/invites",
        "/groups/" + group + "/invites?",
        invite ->
            ann.api()
                .delete("/groups/" + group + "/invites/" + invite.path("id").asText())
                .requireDone());
    put(
        "/messages",
        "/messages?conversationId=" + group,
        message -> run("delete from messages where id = '%s'", message.path("id")));
    put(
        "/messages/starred",
        "/messages/starred?",
        message ->
            ann.api().delete("/messages/" + message.path("id").asText() + "/star").requireDone());
    put("/messages/search", "/messages/search?q=" + word, message -> {});
  }

  private void put(String template, String path, Consumer<JsonNode> removal) {
    lists.put(template, new Listed(path, removal));
  }

  static Stream<String> templates() {
    return PATHS.properties().stream()
        .filter(path -> !limit(path.getKey()).isMissingNode() && !path.getKey().equals("/sync"))
        .map(Map.Entry::getKey);
  }

  @Test
  void theseAreTheListsOfTheContract() {
    assertThat(templates()).containsExactlyInAnyOrderElementsOf(lists.keySet());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void pagesOfOneMakeTheWholeList(String template) {
    String path = list(template).path();

    List<JsonNode> whole = ann.list(path);

    assertThat(whole).hasSizeGreaterThan(2).doesNotHaveDuplicates();
    assertThat(ann.all(path + "&limit=1")).isEqualTo(whole);
    assertThat(ann.all(path + "&limit=2")).isEqualTo(whole);
    assertThat(ann.api().get(path + "&limit=" + limit(template).path("maximum").asInt()).next())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aPageHasAsManyThingsAsTheContractSays(String template) {
    String path = list(template).path() + "&limit=";
    int most = limit(template).path("maximum").asInt();

    ann.api().get(path + most).require(200);
    for (Object limit : List.of(most + 1, 0, -1, "x", "", 1L << 40)) {
      ann.api().get(path + limit).mustRefuse(400, "VALIDATION_FAILED");
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void whatIsNoCursorOfTheListIsRefused(String template) {
    String path = list(template).path();
    String foreign =
        ann.api()
            .get(list(template.equals("/friends") ? "/blocks" : "/friends").path() + "&limit=1")
            .next()
            .orElseThrow();

    ann.api().get(path + foreign).mustRefuse(400, "INVALID_CURSOR");
    for (String cursor : List.of("", "x", "%00", "W10", "e30", "bnVsbA", "WzFd", "8J-Ygg")) {
      assertThat(ann.api().get(path + "&cursor=" + cursor).status()).as(cursor).isEqualTo(400);
    }
  }

  /** Whatever somebody writes into a cursor, the answer is a page or that it is none. */
  @ParameterizedTest
  @MethodSource("templates")
  void aForgedCursorBreaksNothing(String template) {
    String path = list(template).path();
    String cursor = ann.api().get(path + "&limit=1").next().orElseThrow();
    if (template.equals("/messages/search")) {
      return;
    }
    List<JsonNode> values = Json.items(Json.read(decode(cursor.substring("&cursor=".length()))));

    for (int place = 1; place < values.size(); place++) {
      for (Object forged :
          List.of(
              "",
              "x",
              "-1",
              "1",
              "99999999999999",
              "9223372036854775807",
              "9223372036854775808",
              "\u0000",
              "\ud800",
              "'",
              "1e3",
              UUID.randomUUID().toString(),
              1,
              List.of())) {
        List<Object> key = new ArrayList<>(values);
        key.set(place, forged);
        Response answer = ann.api().get(path + "&cursor=" + encode(Json.write(key)));
        assertThat(answer.status()).as("%s at %d", forged, place).isIn(200, 400);
        if (answer.status() == 400) {
          assertThat(answer.code()).isEqualTo("INVALID_CURSOR");
        }
      }
      String less = encode(Json.write(values.subList(0, place)));
      ann.api().get(path + "&cursor=" + less).mustRefuse(400, "INVALID_CURSOR");
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aPageGoesOnAlsoAfterWhatIsGone(String template) {
    Listed listed = list(template);
    List<JsonNode> whole = ann.list(listed.path());
    Response first = ann.api().get(listed.path() + "&limit=2");

    listed.removal().accept(whole.get(1));

    assertThat(ids(ann.all(listed.path(), first.next().orElseThrow())))
        .isEqualTo(ids(whole.subList(2, whole.size())));
  }

  @Test
  void aConversationThatComesToTheTopBetweenTwoPagesIsNeitherSkippedNorRepeated() {
    Person eve = Person.register(chat, "Eve");
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Person friend = Person.register(chat, "Friend" + i);
      eve.befriend(friend);
      conversations.addFirst(eve.converse(friend));
      eve.send(conversations.getFirst(), "Hello").require(201);
    }
    Response first = eve.api().get("/conversations?limit=2");

    eve.send(conversations.get(4), "back on top").require(201);
    eve.send(conversations.get(0), "on top of it").require(201);
    Person late = Person.register(chat, "Late");
    eve.befriend(late);
    eve.send(eve.converse(late), "new").require(201);
    List<JsonNode> rest = eve.all("/conversations?limit=2", first.next().orElseThrow());

    assertThat(ids(Json.items(first.require(200)))).isEqualTo(conversations.subList(0, 2));
    assertThat(ids(rest)).isEqualTo(conversations.subList(2, 6));
    assertThat(rest.get(2).path("lastMessage").asText()).as("as it is").isEqualTo("back on top");
    assertThat(ids(eve.list("/conversations?limit=3")).subList(1, 3))
        .containsExactly(conversations.get(0), conversations.get(4));
  }

  private Listed list(String template) {
    return Objects.requireNonNull(lists.get(template), template);
  }

  private static JsonNode limit(String template) {
    for (JsonNode parameter : PATHS.path(template).at("/get/parameters")) {
      if (parameter.path("name").asText().equals("limit")) {
        return parameter.path("schema");
      }
    }
    return PATHS.path("none");
  }

  /** What makes a thing of a list that one and no other. */
  private static List<String> ids(List<JsonNode> things) {
    return things.stream()
        .map(
            thing ->
                Stream.of("/id", "/userId", "/user/id", "/message/id")
                    .map(thing::at)
                    .filter(JsonNode::isTextual)
                    .findFirst()
                    .orElseThrow()
                    .asText())
        .toList();
  }

  private static String decode(String cursor) {
    return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private void run(String sql, JsonNode id) {
    run(sql.formatted(id.asText()));
  }

  private void run(String sql) {
    try (Database database = chat.openDatabase()) {
      database.run(sql);
    }
  }
}
