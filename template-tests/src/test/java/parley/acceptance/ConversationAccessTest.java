package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations that cannot be opened, and those of others, which are as if they did not exist. */
@ExtendWith(SharedChat.class)
@TestInstance(Lifecycle.PER_CLASS)
class ConversationAccessTest {
  private final Chat chat;
  private final Friends friends;
  private final Person mallory;
  private Map<String, String> before = Map.of();

  ConversationAccessTest(Chat chat) {
    this.chat = chat;
    friends = Friends.meet(chat);
    mallory = Person.register(chat, "Mallory");
  }

  @BeforeAll
  void noteTheState() {
    friends.ann().send(friends.conversation(), "first").require(201);
    friends.ben().send(friends.conversation(), "second").require(201);
    before = friends.ann().state();
  }

  @AfterEach
  void nothingHasChanged() {
    Map<String, String> expected = before;
    before = friends.ann().state();
    assertThat(before).isEqualTo(expected);
    assertThat(mallory.list("/conversations")).isEmpty();
  }

  @Test
  void strangersAndUnknownUsersAreRefusedAlike() {
    Response stranger = mallory.openConversation(friends.ann());
    stranger.mustRefuse(403, "NOT_FRIENDS");
    Response unknown =
        mallory.api().post("/conversations", Map.of("userId", UUID.randomUUID().toString()));

    assertThat(unknown.body()).isEqualTo(stranger.body());
  }

  @Test
  void askingForFriendshipOpensNoConversationYet() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    ann.requestFriendship(ben).require(201);

    ann.openConversation(ben).mustRefuse(403, "NOT_FRIENDS");
    ben.openConversation(ann).mustRefuse(403, "NOT_FRIENDS");
  }

  @Test
  void nobodyConversesWithThemselves() {
    mallory.openConversation(mallory).mustRefuse(400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"userId\": 7}",
        "{\"userId\": \"ben\"}",
        "{\"userId\": \"1-1-1-1-1\"}",
        "{\"userId\": \"\\u0000\"}",
        "{\"userId\": null}",
        "{\"user\": \"ben\"}"
      })
  void aConversationWithNobodyIsRefused(String body) {
    mallory.api().call("POST", "/conversations", body).mustRefuse(400, "VALIDATION_FAILED");
  }

  @RepeatedTest(3)
  void friendsWhoOpenTheirConversationAtOnceGetTheSame() {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    ann.befriend(ben);

    assertThat(
            Together.run(
                List.of(
                    () -> ann.converse(ben),
                    () -> ben.converse(ann),
                    () -> ann.converse(ben),
                    () -> ben.converse(ann))))
        .containsOnly(ann.converse(ben));
    assertThat(ann.list("/conversations")).hasSize(1);
  }

  @Test
  void anothersConversationIsReadAsIfItDidNotExist() {
    Response foreign = mallory.api().get(page(friends.conversation(), ""));
    foreign.mustRefuse(404, "CONVERSATION_NOT_FOUND");

    assertThat(mallory.api().get(page(UUID.randomUUID().toString(), "")).body())
        .isEqualTo(foreign.body());
    String cursor = friends.ann().history(friends.conversation()).getFirst().path("id").asText();
    assertThat(mallory.api().get(page(friends.conversation(), "&cursor=" + cursor)).body())
        .isEqualTo(foreign.body());
  }

  @Test
  void anothersConversationIsWrittenToAsIfItDidNotExist() {
    Response foreign = mallory.send(friends.conversation(), "let me in");
    foreign.mustRefuse(404, "CONVERSATION_NOT_FOUND");
    assertThat(mallory.send(UUID.randomUUID().toString(), "let me in").body())
        .isEqualTo(foreign.body());

    try (Phone phone = mallory.phone()) {
      phone.say(friends.conversation(), "let me in").mustRefuse("CONVERSATION_NOT_FOUND");
      phone
          .request("join_conversation", friends.conversation())
          .mustRefuse("CONVERSATION_NOT_FOUND");
    }
  }

  @Test
  void theCursorOfAnotherConversationIsRefused() {
    Friends others = Friends.meet(chat);
    others.ann().send(others.conversation(), "elsewhere").require(201);
    String foreign = others.ann().history(others.conversation()).getFirst().path("id").asText();

    for (String cursor : new String[] {foreign, UUID.randomUUID().toString()}) {
      friends
          .ann()
          .api()
          .get(page(friends.conversation(), "&cursor=" + cursor))
          .mustRefuse(400, "INVALID_CURSOR");
    }
  }

  @Test
  void whatTheReaderDoesNotSeeIsNoCursor() {
    Friends others = Friends.meet(chat);
    String hidden = others.ann().sent(others.conversation(), "hidden");
    others.ann().deleteForMe(hidden).require(200);
    String path = page(others.conversation(), "&cursor=" + hidden);

    others.ann().api().get(path).mustRefuse(400, "INVALID_CURSOR");
    others.ben().api().get(path).require(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&limit=0",
        "&limit=-1",
        "&limit=101",
        "&limit=99999999999",
        "&limit=ten",
        "&limit=1.5",
        "&limit="
      })
  void aPageThatCannotBeIsRefused(String query) {
    friends
        .ann()
        .api()
        .get(page(friends.conversation(), query))
        .mustRefuse(400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&cursor=first", "&cursor=", "&cursor=%00"})
  void whatIsNoCursorIsRefused(String query) {
    friends.ann().api().get(page(friends.conversation(), query)).mustRefuse(400, "INVALID_CURSOR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?conversationId=", "?conversationId=general", "?conversationId=%00"})
  void theHistoryOfNothingIsRefused(String query) {
    friends.ann().api().get("/messages" + query).mustRefuse(400, "VALIDATION_FAILED");
  }

  @Test
  void theOldestMessageIsFollowedByAnEmptyPage() {
    String oldest = friends.ann().history(friends.conversation()).getLast().path("id").asText();

    assertThat(friends.ann().list(page(friends.conversation(), "&cursor=" + oldest))).isEmpty();
  }

  private static String page(String conversation, String rest) {
    return "/messages?conversationId=" + conversation + rest;
  }
}
