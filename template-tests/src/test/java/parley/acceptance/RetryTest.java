package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages sent again because their sender heard no answer. */
@ExtendWith(SharedChat.class)
class RetryTest {
  private final Friends friends;

  RetryTest(Chat chat) {
    friends = Friends.meet(chat);
  }

  @Test
  void aMessageSentAgainUnderItsClientIdIsStoredOnce() {
    try (Phone anns = friends.ann().phone()) {
      JsonNode first = anns.request("send_message", draft("hello", "c-1")).acked();
      JsonNode again = anns.request("send_message", draft("hello", "c-1")).acked();

      assertThat(again).isEqualTo(first);
      assertThat(post("hello", "c-1").require(201)).isEqualTo(first);
    }
    assertThat(friends.ben().history(friends.conversation())).hasSize(1);
    assertThat(post("next", "c-2").require(201).at("/message/seq").asLong())
        .as("the retries took no number")
        .isEqualTo(2);
  }

  @Test
  void retriesAtOnceStoreTheMessageOnce() {
    Callable<JsonNode> retry = () -> post("hello", "c-1").require(201).path("message");

    List<JsonNode> messages = Together.run(Stream.generate(() -> retry).limit(12).toList());

    assertThat(messages).containsOnly(messages.getFirst());
    assertThat(friends.ben().history(friends.conversation())).isEqualTo(messages.subList(0, 1));
  }

  @Test
  void anotherMessageUnderAUsedClientIdIsRefusedAndNotStored() {
    post("hello", "c-1").require(201);
    try (Phone bens = friends.ben().phone();
        Phone anns = friends.ann().phone()) {
      post("something else", "c-1").mustRefuse(409, "CLIENT_ID_REUSED");
      anns.request("send_message", draft("something else", "c-1")).mustRefuse("CLIENT_ID_REUSED");

      assertThat(bens.everythingSoFar()).isEmpty();
    }
    assertThat(friends.ann().contents(friends.conversation())).containsExactly("hello");
  }

  @Test
  void aClientIdIsItsSendersOwn() {
    post("from Ann", "c-1").require(201);

    friends.ben().api().post("/messages", draft("from Ben", "c-1")).require(201);

    assertThat(friends.ann().contents(friends.conversation()))
        .containsExactly("from Ben", "from Ann");
  }

  private Response post(String content, String clientId) {
    return friends.ann().api().post("/messages", draft(content, clientId));
  }

  private Map<String, String> draft(String content, String clientId) {
    return Map.of(
        "conversationId", friends.conversation(), "content", content, "clientId", clientId);
  }
}
