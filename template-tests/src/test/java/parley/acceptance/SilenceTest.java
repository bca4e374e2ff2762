package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.local.aws.CallLedger;

/** That a blocked person cannot tell a block from somebody who is silent. */
@ExtendWith(SharedChat.class)
class SilenceTest {
  private final Chat chat;
  private final Person ben;

  /** Blocks Ben. */
  private final Person ann;

  /** Is just silent. */
  private final Person sue;

  SilenceTest(Chat chat) {
    this.chat = chat;
    ben = Person.register(chat, "Ben");
    ann = Person.register(chat, "Ann");
    sue = Person.register(chat, "Sue");
  }

  @BeforeEach
  void othersHaveGone() {
    // The phones of earlier tests may still be taken from the table, which are calls too.
    chat.awaitSilence();
  }

  @Test
  void everythingThatAFriendDoesIsAnsweredAsEver() {
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
      ben.converse(other);
    }
    ann.block(ben).require(200);

    mustBeTheSame(ben::openConversation);
    mustBeTheSame(other -> ben.send(ben.converse(other), "hello"));
    mustBeTheSame(other -> ben.send(ben.converse(other), "hello", "c-" + other.id()));
    mustBeTheSame(other -> ben.send(ben.converse(other), "hello", "c-" + other.id()));
    mustBeTheSame(other -> ben.api().get("/messages?conversationId=" + ben.converse(other)));
    mustBeTheSame(other -> ben.api().get("/users?ids=" + other.id()));
    mustBeTheSame(ben::requestFriendship);
    try (Phone phone = ben.phone()) {
      for (Person other : List.of(ann, sue)) {
        phone.request("join_conversation", ben.converse(other)).acked();
        phone.say(ben.converse(other), "hello").acked();
      }
      mustBeTheSame(other -> ben.send(ben.converse(other), "hello"));
    }
    assertThat(ben.list("/friends")).hasSize(2);
    assertThat(ben.list("/conversations"))
        .extracting(listed -> listed.path("lastSeq").asLong())
        .hasSize(2)
        .containsOnly(4L);
    mustBeTheSame(ben::unfriend);
    mustBeTheSame(ben::unfriend);
  }

  @Test
  void everythingThatAStrangerDoesIsAnsweredAsEver() {
    ann.block(ben).require(200);

    mustBeTheSame(other -> ben.api().get("/users?ids=" + other.id()));
    mustBeTheSame(ben::requestFriendship);
    mustBeTheSame(ben::requestFriendship);
    mustBeTheSame(other -> ben.api().get("/users?ids=" + other.id()));
    List<JsonNode> waiting = ben.list("/friends/requests/me");
    assertThat(waiting).hasSize(2);
    mustBeTheSame(
        other ->
            ben.withdraw(
                waiting.stream()
                    .filter(request -> request.path("receiverId").asText().equals(other.id()))
                    .map(request -> request.path("id").asText())
                    .findFirst()
                    .orElseThrow()));
    mustBeTheSame(ben::openConversation);
    mustBeTheSame(ben::unfriend);
    mustBeTheSame(ben::block);
    mustBeTheSame(ben::unblock);
  }

  @Test
  void aRequestThatTheBlockerMadeBeforeIsAnsweredAsEver() {
    List<String> requests = new ArrayList<>();
    for (Person other : List.of(ann, sue)) {
      requests.add(other.requestFriendship(ben).require(201).path("id").asText());
    }
    ann.block(ben).require(200);

    mustBeTheSame(other -> ben.respond(requests.get(other.equals(ann) ? 0 : 1), "ACCEPT"));

    assertThat(ben.list("/friends")).hasSize(2);
    assertThat(ann.list("/friends")).isEmpty();
  }

  /** Both are in the list of friends, so that a refusal must not tell which of them blocks. */
  @Test
  void whoBlocksIsAddedToNoGroupAsWhoLetsNobodyAddThem() {
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
    }
    sue.api().patch("/users/me/settings", Map.of("addToGroups", "NOBODY")).require(200);
    ann.block(ben).require(200);
    Team team = new Team(/* ann= */ ben, /* ben= */ ann, /* cem= */ sue, Team.found(ben));

    mustBeTheSame(other -> Team.make(ben, "Another", other));
    mustBeTheSame(other -> team.add(ben, other));

    team.add(ben, ann).mustRefuse(403, "NOT_FRIENDS");
    Team.make(ben, "Another", ann).mustRefuse(403, "NOT_FRIENDS");
    assertThat(ben.list("/friends")).hasSize(2);
    assertThat(team.roles(ben)).hasSize(1);
  }

  /** Ann blocks and Sue hides from all: the one is told as the other. */
  @Test
  void whoBlocksIsShownAsWhoHidesTheirPresence() {
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
    }
    try (Phone phone = ben.phone();
        Phone _ = ann.phone();
        Phone _ = sue.phone()) {
      var _ = phone.awaitCount("presence", 2);
      ann.block(ben).require(200);
      sue.api().patch("/users/me/settings", Map.of("presence", "NOBODY")).require(200);

      List<Frame> told = phone.awaitCount("presence", 4);
      mustBeAlike(told.get(2).data(), told.get(3).data());
      List<JsonNode> seen = ben.list("/friends/presence");
      mustBeAlike(seen.getFirst(), seen.getLast());
    }
  }

  private static void mustBeAlike(JsonNode one, JsonNode other) {
    assertThat(shape(one.toString())).isEqualTo(shape(other.toString()));
  }

  @Test
  void aSearchFindsWhoBlocksAndTellsOfThemAsEver() {
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
    }
    ann.block(ben).require(200);

    mustBeTheSame(other -> ben.api().get("/users/search?q=" + other.email()));
    mustBeTheSame(other -> ben.api().get("/users/search?q=" + handle(other)));
    mustBeTheSame(other -> ben.api().get("/users?ids=" + other.id()));
    assertThat(ben.list("/users/search?q=" + ann.email()))
        .extracting(found -> found.path("id").asText())
        .containsExactly(ann.id());
    mustBeTheSame(ben::unfriend);
    mustBeTheSame(other -> ben.api().get("/users/search?q=" + other.email()));
    mustBeTheSame(other -> ben.api().get("/users/search?q=" + handle(other)));
  }

  /** Gives a handle that no other person of this system has. */
  private static String handle(Person person) {
    String handle = "h" + person.id().replace("-", "").substring(8, 27);
    person.api().patch("/users/me", Map.of("handle", handle)).require(200);
    return handle;
  }

  @Test
  void aChangeOfAProfileIsToldOfWhoBlocksAsEver() {
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
      ben.sent(ben.converse(other), "hello");
    }
    ann.block(ben).require(200);
    String cursor = ben.api().get("/sync").require(200).path("cursor").asText();
    try (Phone phone = ben.phone()) {
      for (Person other : List.of(ann, sue)) {
        other.api().patch("/users/me", Map.of("name", "Another", "aboutMe", "new")).require(200);
      }

      List<Frame> told = phone.awaitCount("user:updated", 2);
      mustBeAlike(told.getFirst().data(), told.getLast().data());
    }
    List<String> caughtUp = new ArrayList<>();
    ben.api()
        .get("/sync?cursor=" + cursor)
        .require(200)
        .path("items")
        .forEach(item -> caughtUp.add(shape(item.toString())));
    assertThat(caughtUp).as("two of each").hasSizeGreaterThan(1);
    assertThat(
            caughtUp.stream().collect(Collectors.groupingBy(item -> item, Collectors.counting())))
        .allSatisfy((item, count) -> assertThat(count % 2).isZero());
    mustBeTheSame(other -> ben.api().get("/users?ids=" + other.id()));
    for (String list : List.of("/friends", "/conversations")) {
      List<JsonNode> both = ben.list(list);
      mustBeAlike(both.getFirst(), both.getLast());
    }
  }

  @Test
  void whateverIsDoneWithMessagesIsAnsweredAsEver() {
    Map<Person, String> mine = new HashMap<>();
    Map<Person, String> theirs = new HashMap<>();
    for (Person other : List.of(ann, sue)) {
      ben.befriend(other);
      String conversation = ben.converse(other);
      mine.put(other, ben.sent(conversation, "mine"));
      theirs.put(other, other.sent(conversation, "theirs"));
    }
    ann.block(ben).require(200);

    for (Map<Person, String> messages : List.of(mine, theirs)) {
      Function<Person, String> message = other -> Objects.requireNonNull(messages.get(other));
      Function<Person, String> path = other -> "/messages/" + message.apply(other);
      for (List<String> emojis : List.of(List.of("👍"), List.<String>of())) {
        mustBeTheSame(
            other -> ben.api().put(path.apply(other) + "/reactions", Map.of("emojis", emojis)));
      }
      mustBeTheSame(other -> ben.edit(message.apply(other), "edited"));
      mustBeTheSame(other -> ben.api().put(path.apply(other) + "/pin"));
      mustBeTheSame(other -> ben.api().get("/conversations/" + ben.converse(other) + "/pins"));
      mustBeTheSame(other -> ben.api().delete(path.apply(other) + "/pin"));
      mustBeTheSame(other -> ben.api().put(path.apply(other) + "/star"));
      mustBeTheSame(
          other ->
              ben.api()
                  .post(
                      path.apply(other) + "/forward",
                      Map.of("conversationIds", List.of(ben.converse(other)))));
      mustBeTheSame(other -> ben.delete(message.apply(other)));
      mustBeTheSame(other -> ben.deleteForMe(message.apply(other)));
    }
    mustBeTheSame(
        other -> ben.api().get("/messages/search?q=theirs&conversationId=" + ben.converse(other)));
  }

  /** Holds the answer, its shape and its cost in calls of services against those of silence. */
  private void mustBeTheSame(Function<Person, Response> action) {
    assertThat(seen(ann, action)).isEqualTo(seen(sue, action));
  }

  private record Seen(int status, String shape, Map<String, Long> calls) {}

  private Seen seen(Person other, Function<Person, Response> action) {
    long mark = chat.ledger().mark();
    Response response = action.apply(other);
    Map<String, Long> calls =
        chat.ledger().since(mark).stream()
            .filter(call -> call.caller().startsWith("HttpFunction"))
            .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
    return new Seen(response.status(), shape(response.body()), calls);
  }

  /** What is said without whom it is said of: ids, times, names and counts are left out. */
  private static String shape(String body) {
    return body.replaceAll("\"[0-9a-f]{8}-[0-9a-f-]{27}\"|\"c-[0-9a-f-]{36}\"", "ID")
        .replaceAll("\"\\d{4}-[^\"]*Z\"", "TIME")
        .replaceAll("\"Ann\"|\"Sue\"", "NAME")
        .replaceAll("\"(ann|sue)[^\"]*@example.org\"", "EMAIL")
        .replaceAll("\"h[0-9a-f]{19}\"", "HANDLE")
        .replaceAll("\"version\":\\d+", "\"version\":VERSION");
  }
}
