package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.acceptance.Phone.TokenIn;

/** What two people do from the first day on, each with two devices. */
@ExtendWith(SharedChat.class)
class StoryTest {
  private final Chat chat;

  StoryTest(Chat chat) {
    this.chat = chat;
  }

  @ParameterizedTest
  @EnumSource(TokenIn.class)
  void twoPeopleWithTwoDevicesEachMeetAndChat(TokenIn tokenIn) {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    try (Phone annsPhone = ann.phone(tokenIn);
        Phone annsTablet = ann.login().phone(tokenIn);
        Phone bensPhone = ben.phone(tokenIn);
        Phone bensTablet = ben.login().phone(tokenIn)) {
      assertThat(annsPhone.subprotocol()).isEqualTo(tokenIn == TokenIn.HEADER ? "" : "bearer");
      List<Phone> annsDevices = List.of(annsPhone, annsTablet);
      List<Phone> bensDevices = List.of(bensPhone, bensTablet);

      becomeFriends(ann, annsDevices, ben, bensDevices);
      String conversation = ann.converse(ben);
      assertThat(ben.converse(ann)).as("the same for both").isEqualTo(conversation);
      chatLive(conversation, ann, ben, annsDevices, bensDevices);
      seeUnread(conversation, ann, ben);
    }
  }

  private static void becomeFriends(
      Person ann, List<Phone> annsDevices, Person ben, List<Phone> bensDevices) {
    assertThat(friendshipFound(ann, ben)).isEqualTo("NONE");
    JsonNode request = ann.requestFriendship(ben).require(201);
    assertThat(request.at("/sender/name").asText()).isEqualTo("Ann");
    for (Phone device : bensDevices) {
      assertThat(device.awaitEvent("friend:request_sent").data()).isEqualTo(request);
    }
    assertThat(friendshipFound(ann, ben)).isEqualTo("REQUEST_SENT");
    assertThat(friendshipFound(ben, ann)).isEqualTo("REQUEST_RECEIVED");
    assertThat(ben.list("/friends/requests")).containsExactly(request);
    assertThat(ann.list("/friends/requests/me"))
        .singleElement()
        .satisfies(mine -> assertThat(mine.at("/receiver/id").asText()).isEqualTo(ben.id()));

    String requestId = request.path("id").asText();
    ben.respond(requestId, "ACCEPT").require(201);
    annsDevices.forEach(device -> toldOfFriend(device, requestId, ben));
    bensDevices.forEach(device -> toldOfFriend(device, requestId, ann));
    assertThat(friendshipFound(ann, ben)).isEqualTo("FRIENDS");
    assertThat(ben.list("/friends/requests")).isEmpty();
    assertThat(ann.list("/friends/requests/me")).isEmpty();
    assertThat(ids(ann.list("/friends"))).containsExactly(ben.id());
    assertThat(ids(ben.list("/friends"))).containsExactly(ann.id());
  }

  private static void toldOfFriend(Phone device, String requestId, Person friend) {
    JsonNode told = device.awaitEvent("friend:request_accepted").data();
    assertThat(told.path("requestId").asText()).isEqualTo(requestId);
    assertThat(told.path("userId").asText()).isEqualTo(friend.id());
    assertThat(told.at("/friend/name").asText()).isEqualTo(friend.name());
    assertThat(told.path("friend").has("email")).isFalse();
  }

  private static void chatLive(
      String conversation, Person ann, Person ben, List<Phone> anns, List<Phone> bens) {
    anns.getFirst().request("join_conversation", conversation).acked();
    JsonNode first = anns.getFirst().say(conversation, "Hello Ben").acked();
    JsonNode second = bens.getLast().say(conversation, "Hello Ann 👋").acked();
    JsonNode third = ann.send(conversation, "How are you?").require(201);

    for (Phone device : all(anns, bens)) {
      assertThat(device.awaitMessage("Hello Ben").data()).isEqualTo(first);
      assertThat(device.awaitMessage("Hello Ann 👋").data()).isEqualTo(second);
      assertThat(device.awaitMessage("How are you?").data()).isEqualTo(third);
    }
    assertThat(first.at("/message/senderId").asText()).isEqualTo(ann.id());
    assertThat(second.at("/message/senderId").asText()).isEqualTo(ben.id());
    assertThat(first.at("/conversation/lastMessage").asText()).isEqualTo("Hello Ben");
    List<JsonNode> history = ben.history(conversation);
    assertThat(history)
        .containsExactly(third.path("message"), second.path("message"), first.path("message"));
    assertThat(history)
        .extracting(message -> message.path("seq").asLong())
        .containsExactly(3L, 2L, 1L);
    assertThat(ann.history(conversation)).isEqualTo(history);
  }

  private static void seeUnread(String conversation, Person ann, Person ben) {
    JsonNode anns = ann.list("/conversations").getFirst();
    assertThat(anns.path("id").asText()).isEqualTo(conversation);
    assertThat(anns.at("/otherUser/id").asText()).isEqualTo(ben.id());
    assertThat(anns.path("lastMessage").asText()).isEqualTo("How are you?");
    assertThat(anns.path("lastSeq").asLong()).isEqualTo(3);
    assertThat(anns.path("lastReadSeq").asLong()).as("one's own is read").isEqualTo(3);
    JsonNode bens = ben.list("/conversations").getFirst();
    assertThat(bens.path("lastSeq").asLong()).isEqualTo(3);
    assertThat(bens.path("lastReadSeq").asLong()).as("the last is unread").isEqualTo(2);
  }

  private static String friendshipFound(Person searching, Person wanted) {
    List<JsonNode> found = searching.list("/users/search?q=" + wanted.email());
    assertThat(ids(found)).containsExactly(wanted.id());
    assertThat(found.getFirst().has("email")).isFalse();
    return found.getFirst().path("friendship").asText();
  }

  private static List<String> ids(List<JsonNode> users) {
    return users.stream().map(user -> user.path("id").asText()).toList();
  }

  private static List<Phone> all(List<Phone> some, List<Phone> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
