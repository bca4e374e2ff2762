package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.local.faults.EventFault;
import parley.local.faults.Faults;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who is online, on a system of its own, whose clock the tests move. */
@TestInstance(Lifecycle.PER_CLASS)
class PresenceTest {
  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @Test
  void severalDevicesCountAsOneAndAReconnectIsNotSeen() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      Phone phone = friends.ann().phone();
      assertThat(told(bens, 1).path("online").asBoolean()).isTrue();
      Phone tablet = friends.ann().phone();
      phone.close();
      chat.pass(Duration.ofMinutes(2));
      tablet.close();
      gone(friends.ann());
      Phone again = friends.ann().phone();
      chat.pass(Duration.ofMinutes(2));
      assertThat(seen(friends.ben()).path("online").asBoolean()).isTrue();
      assertThat(bens.received("presence")).hasSize(1);

      again.close();
      gone(friends.ann());
      chat.pass(Duration.ofMinutes(2));

      JsonNode off = told(bens, 2);
      assertThat(off.path("online").asBoolean()).isFalse();
      assertThat(off.path("lastSeen").isNull()).isFalse();
      assertThat(seen(friends.ben())).isEqualTo(off);
    }
  }

  @Test
  void aLostDisconnectLeavesNoGhostPastTheTwoHours() {
    Friends friends = Friends.meet(chat);
    Person ann = friends.ann();
    Phone phone = ann.phone();
    String id = chat.aws().connectionsOf(ann).iterator().next();
    List<Map<String, AttributeValue>> items =
        chat.aws().items().stream().filter(item -> item.toString().contains(id)).toList();
    phone.close();
    gone(ann);
    // Else what is put back now may be what the departure removes last.
    chat.awaitIdle();
    items.forEach(item -> chat.aws().put(item));

    chat.clock().advance(Duration.ofMinutes(121));
    assertThat(seen(friends.ben().login()).path("online").asBoolean()).isFalse();
    chat.pass(Duration.ofMinutes(11));
    assertThat(chat.aws().connectionsOf(ann)).isEmpty();
    JsonNode seen = seen(friends.ben().login());
    assertThat(seen.path("online").asBoolean()).isFalse();
    assertThat(seen.path("lastSeen").isNull()).isFalse();
  }

  @Test
  void whoHidesOrBlocksLooksOfflineAtOnceAndFromThenOn() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      try (Phone _ = friends.ann().phone()) {
        long version = told(bens, 1).path("version").asLong();
        setting(friends.ann(), "NOBODY");
        JsonNode hidden = told(bens, 2);
        assertThat(hidden.path("online").asBoolean()).isFalse();
        assertThat(hidden.path("lastSeen").isNull()).isTrue();
        assertThat(hidden.path("version").asLong()).isGreaterThan(version);
        assertThat(seen(friends.ben()).path("online").asBoolean()).isFalse();

        setting(friends.ann(), "FRIENDS");
        assertThat(told(bens, 3).path("online").asBoolean()).isTrue();

        friends.ann().block(friends.ben()).require(200);
        assertThat(told(bens, 4).path("online").asBoolean()).isFalse();
        assertThat(friends.ann().list("/friends/presence")).isEmpty();
      }
      gone(friends.ann());
      chat.pass(Duration.ofMinutes(2));
      bens.everythingSoFar();
      assertThat(bens.received("presence")).as("nothing of what follows").hasSize(4);
    }
  }

  @Test
  void whoIsNoFriendAnyMoreIsToldNothing() {
    Friends friends = Friends.meet(chat);
    try (Phone bens = friends.ben().phone()) {
      friends.ann().unfriend(friends.ben()).requireDone();
      try (Phone anns = friends.ann().phone()) {
        anns.everythingSoFar();
        chat.pass(Duration.ofMinutes(1));
        bens.everythingSoFar();
        assertThat(bens.received("presence")).isEmpty();
        assertThat(friends.ben().list("/friends/presence")).isEmpty();
      }
    }
  }

  @Test
  void whoVanishesIsFoundGoneByTheNextPostAndLooksOfflineSoonAfter() {
    Friends friends = Friends.meet(chat);
    CountDownLatch closed = new CountDownLatch(1);
    Faults lost =
        new Faults() {
          @Override
          public EventFault onDisconnect(String connectionId) {
            closed.countDown();
            return new EventFault.Lost();
          }
        };
    try (Phone bens = friends.ben().phone()) {
      Phone anns = friends.ann().phone();
      assertThat(told(bens, 1).path("online").asBoolean()).isTrue();
      // Of a connection that is younger a 410 may mean that it is not there yet.
      chat.clock().advance(Duration.ofMinutes(1));
      chat.with(
          lost,
          () -> {
            anns.die();
            Eventually.await("it is closed", () -> closed.getCount() == 0);
          });
      chat.pass(Duration.ofMinutes(2));
      assertThat(seen(friends.ben()).path("online").asBoolean()).as("nobody knows").isTrue();

      bens.say(friends.conversation(), "Are you there?").acked();

      assertThat(chat.aws().connectionsOf(friends.ann())).isEmpty();
      chat.pass(Duration.ofMinutes(2));
      JsonNode off = told(bens, 2);
      assertThat(off.path("online").asBoolean()).isFalse();
      assertThat(off.path("lastSeen").isNull()).isFalse();
      assertThat(seen(friends.ben())).isEqualTo(off);
    }
  }

  /** A read of the table gives a hundred users. */
  @Test
  void ofMoreThanAHundredFriendsAllAreSeenAndTold() {
    Friends friends = Friends.meet(chat);
    try (Database database = chat.openDatabase()) {
      database.run(
          """
          with crowd as (
            insert into users (id, email, name, password_hash, created_at)
            select cast('00000000' || substr(cast(gen_random_uuid() as text), 9) as uuid),
              gen_random_uuid() || '@example.org', 'Crowd', '', now()
            from generate_series(1, 120)
            returning id
          )
          insert into friendships (id, sender_id, receiver_id, status, created_at, answered_at)
          select gen_random_uuid(), id, '%s', 'ACCEPTED', now(), now() from crowd
          """
              .formatted(friends.ann().id()));
    }
    try (Phone bens = friends.ben().phone();
        Phone _ = friends.ann().phone()) {
      assertThat(told(bens, 1).path("online").asBoolean()).isTrue();
      chat.awaitIdle();
      long mark = chat.ledger().mark();

      List<JsonNode> all = friends.ann().all("/friends/presence");

      assertThat(chat.ledger().count("dynamodb:BatchGetItem", mark)).as("a page").isEqualTo(2);
      assertThat(all).hasSize(121);
      assertThat(all)
          .filteredOn(friend -> friend.path("online").asBoolean())
          .extracting(friend -> friend.path("userId").asText())
          .containsExactly(friends.ben().id());
      assertThat(all.getLast().path("userId").asText()).isEqualTo(friends.ben().id());
    }
  }

  @RepeatedTest(3)
  void devicesThatComeAndGoAtOnceEndInTheRightState() {
    Friends friends = Friends.meet(chat);
    List<Phone> open =
        new ArrayList<>(Together.run(List.of(friends.ann()::phone, friends.ann()::phone)));
    Phone first = open.removeFirst();
    open.addAll(
        Together.run(
            List.of(
                friends.ann()::phone,
                () -> {
                  first.close();
                  return first;
                })));
    chat.pass(Duration.ofMinutes(1));
    assertThat(seen(friends.ben()).path("online").asBoolean()).isTrue();
    open.forEach(Phone::close);
    gone(friends.ann());
    chat.pass(Duration.ofMinutes(2));
    assertThat(seen(friends.ben()).path("online").asBoolean()).isFalse();
  }

  private void setting(Person person, String presence) {
    person.api().patch("/users/me/settings", Map.of("presence", presence)).require(200);
  }

  private void gone(Person person) {
    Eventually.await("it is gone", () -> chat.aws().connectionsOf(person).isEmpty());
  }

  private static JsonNode told(Phone phone, int count) {
    return phone.awaitCount("presence", count).get(count - 1).data();
  }

  private static JsonNode seen(Person by) {
    return by.list("/friends/presence").getFirst();
  }
}
