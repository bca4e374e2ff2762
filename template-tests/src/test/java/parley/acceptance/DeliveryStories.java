package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.acceptance.GrantStories.DELIVERY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.local.aws.AwsRequest;
import parley.local.faults.CallFault;
import parley.local.faults.CallFault.Killed;
import parley.local.faults.CallFault.Moment;
import parley.local.faults.Faults;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Messages on their way, through every function that delivers. */
final class DeliveryStories {
  private DeliveryStories() {}

  static List<GrantStory> all() {
    List<GrantStory> all = new ArrayList<>();
    for (Door door : Door.values()) {
      String function = door.function();
      all.add(GrantStory.of(function, "a message to a phone", friends -> toPhone(friends, door)));
      all.add(
          GrantStory.of(function, "one to a dead phone", friends -> toDeadPhone(friends, door)));
      all.add(
          GrantStory.of(function, "one after the token's end", friends -> tooLate(friends, door)));
      all.add(GrantStory.of(function, "one left to others", friends -> left(friends, door)));
    }
    all.add(
        GrantStory.of(
            DELIVERY, "one left to others for a dead phone", DeliveryStories::leftForDead));
    all.add(
        GrantStory.of(
            DELIVERY, "one left to others as the token ends", DeliveryStories::leftTooLate));
    all.add(GrantStory.of(DELIVERY, "one to a phone that is not ready", DeliveryStories::notReady));
    all.add(GrantStory.of(DELIVERY, "one that nobody can deliver", DeliveryStories::deadLetter));
    all.add(
        GrantStory.of(
            DELIVERY,
            "one that reaches one of two phones",
            friends -> UnluckyDevice.isReachedByTheNextRoundAtOnce(friends.chat())));
    return all;
  }

  private static void toPhone(Friends friends, Door door) {
    try (Phone bens = friends.ben().phone()) {
      door.sendAlone(friends, "hello");
      bens.awaitMessage("hello");
    }
  }

  private static void toDeadPhone(Friends friends, Door door) {
    String dead = GrantStories.deadPhone(friends.ben());
    friends.chat().clock().advance(GrantStories.MINUTE);
    door.send(friends, "hello", Faults.NONE);
    GrantStories.awaitForgotten(friends.chat(), dead);
  }

  private static void tooLate(Friends friends, Door door) {
    try (Phone bens = GrantStories.shortLived(friends.ben())) {
      friends.chat().clock().advance(GrantStories.MINUTE);
      door.send(friends, "hello", Faults.NONE);
      bens.awaitClose();
    }
  }

  private static void left(Friends friends, Door door) {
    try (Phone bens = friends.ben().phone()) {
      door.send(friends, "hello", door.postsFail(GrantStories.connection(friends.ben())));
      bens.awaitMessage("hello");
    }
  }

  private static void leftForDead(Friends friends) {
    String dead = GrantStories.deadPhone(friends.ben());
    friends.chat().clock().advance(GrantStories.MINUTE);
    Door.HTTP.send(friends, "hello", Door.HTTP.postsFail(dead));
    GrantStories.awaitForgotten(friends.chat(), dead);
  }

  private static void leftTooLate(Friends friends) {
    try (Phone bens = GrantStories.shortLived(friends.ben())) {
      Faults posts = Door.HTTP.postsFail(GrantStories.connection(friends.ben()));
      Door.HTTP.send(
          friends,
          "hello",
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              if (service.equals("lambda")) {
                friends.chat().clock().advance(GrantStories.MINUTE);
              }
              return posts.onCall(service, request);
            }
          });
      bens.awaitClose();
    }
  }

  private static void notReady(Friends friends) {
    try (Phone bens = friends.ben().phone()) {
      setReady(friends.ben(), false);
      Door.HTTP.send(friends, "hello", Faults.NONE);
      setReady(friends.ben(), true);
      bens.awaitMessage("hello");
    }
  }

  private static void setReady(Person person, boolean ready) {
    String connection = GrantStories.connection(person);
    Map<String, AttributeValue> item = new HashMap<>(person.chat().aws().item(person));
    Map<String, AttributeValue> entry =
        new HashMap<>(item.getOrDefault(connection, AttributeValue.fromM(Map.of())).m());
    entry.put("ready", AttributeValue.fromBool(ready));
    item.put(connection, AttributeValue.fromM(entry));
    person.chat().aws().put(item);
  }

  private static void deadLetter(Friends friends) {
    Chat chat = friends.chat();
    try (Phone bens = friends.ben().phone()) {
      assertThat(bens.isOpen()).isTrue();
      int before = chat.deadLetters().size();
      Faults posts = Door.HTTP.postsFail(GrantStories.connection(friends.ben()));
      Faults deadly =
          new Faults() {
            @Override
            public CallFault onCall(String service, AwsRequest request) {
              return request.caller().name().startsWith("DeliveryFunction")
                  ? new Killed(Moment.BEFORE)
                  : posts.onCall(service, request);
            }
          };
      chat.with(
          deadly,
          () -> {
            friends.ann().send(friends.conversation(), "to nobody").require(201);
            Eventually.await(
                "it is kept with the reason",
                () ->
                    chat.deadLetters().stream()
                        .skip(before)
                        .anyMatch(
                            letter ->
                                letter.contains("to nobody")
                                    && letter.contains("RetriesExhausted")
                                    && letter.contains("signal: killed")));
          });
    }
  }
}
