package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.local.aws.CallLedger;

/** A group of 1,000, of whom some are connected. */
@ExtendWith(SharedChat.class)
class BigGroupTest {
  private static final int CONNECTED = 20;
  private static final int EACH = 10;

  private final Chat chat;

  BigGroupTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void aSendIsOneStatementAndAReadForAHundredMembersAndIsLeftToBeDelivered() {
    Team team = Team.meet(chat);
    List<Phone> phones = new ArrayList<>();
    try {
      fill(team, phones);
      long mark = chat.ledger().mark();
      long begin = System.nanoTime();

      team.ann().send(team.id(), "to all thousand").require(201);

      final Duration acknowledged = Duration.ofNanos(System.nanoTime() - begin);
      phones.forEach(phone -> phone.awaitMessage("to all thousand"));
      Duration delivered = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(bySender(mark))
          .isEqualTo(
              Map.of(
                  "rds-data:ExecuteStatement", 1L,
                  "dynamodb:BatchGetItem", 10L,
                  "dynamodb:PutItem", 1L,
                  "dynamodb:DeleteItem", 1L,
                  "lambda:InvokeFunction", 1L));
      System.out.printf(
          "a group of 1,000 with %d connections: acknowledged after %d ms, delivered after %d ms%n",
          phones.size(), acknowledged.toMillis(), delivered.toMillis());
    } finally {
      phones.forEach(Phone::close);
    }
  }

  @Test
  void whateverIsDoneWithAMessageIsOneStatementAndAReadForAHundredMembers() {
    Team team = Team.meet(chat);
    Friends friends = Friends.meet(chat);
    Person dan = friends.ann();
    team.ann().befriend(dan);
    team.add(team.ann(), dan).require(201);
    List<Phone> phones = new ArrayList<>();
    try {
      fill(team, phones);
      String message = team.ann().sent(team.id(), "to all thousand");
      String path = "/messages/" + message;
      Api ann = team.ann().api();
      Map<String, Long> toldToAll =
          Map.of(
              "rds-data:ExecuteStatement", 1L,
              "dynamodb:BatchGetItem", 10L,
              "lambda:InvokeFunction", 1L);

      assertThat(bySender(() -> team.ann().edit(message, "edited").require(200)))
          .as("an edit")
          .isEqualTo(toldToAll);
      Map<String, ?> emojis = Map.of("emojis", List.of("👍"));
      assertThat(bySender(() -> ann.put(path + "/reactions", emojis).require(200)))
          .as("a reaction")
          .isEqualTo(toldToAll);
      assertThat(bySender(() -> ann.put(path + "/pin").require(200)))
          .as("a pin")
          .isEqualTo(toldToAll);
      assertThat(bySender(() -> ann.delete(path + "/pin").requireDone()))
          .as("taking it back")
          .isEqualTo(toldToAll);
      assertThat(bySender(() -> ann.put(path + "/star").require(200)))
          .as("a star, told to oneself")
          .isEqualTo(Map.of("rds-data:ExecuteStatement", 1L, "dynamodb:BatchGetItem", 1L));
      assertThat(bySender(() -> team.ann().delete(message).require(200)))
          .as("a deletion for everyone")
          .isEqualTo(toldToAll);
      String news = dan.sent(friends.conversation(), "news");
      Map<String, ?> target = Map.of("conversationIds", List.of(team.id()));
      assertThat(
              bySender(() -> dan.api().post("/messages/" + news + "/forward", target).require(201)))
          .as("a forward: the original is read before")
          .isEqualTo(
              Map.of(
                  "rds-data:ExecuteStatement", 2L,
                  "dynamodb:BatchGetItem", 10L,
                  "dynamodb:PutItem", 1L,
                  "dynamodb:DeleteItem", 1L,
                  "lambda:InvokeFunction", 1L));

      for (Phone phone : phones) {
        phone.awaitCount("message:updated", 2);
        phone.awaitCount("conversation:pins", 2);
        phone.awaitEvent("message:reaction");
        phone.awaitMessage("news");
      }
    } finally {
      phones.forEach(Phone::close);
    }
  }

  /** Fills a group up to 1,000 members, of whom some are connected. */
  private void fill(Team team, List<Phone> phones) {
    List<Person> people =
        IntStream.range(0, CONNECTED).mapToObj(i -> Person.register(chat, "Member")).toList();
    people.forEach(person -> team.ann().befriend(person));
    team.add(team.ann(), people.toArray(Person[]::new)).require(201);
    team.crowd(1_000 - team.seenBy(team.ann()).at("/group/memberCount").asInt());
    for (Person person : people) {
      phones.addAll(
          Together.run(
              Stream.generate(() -> (Callable<Phone>) person::phone).limit(EACH).toList()));
    }
  }

  private Map<String, Long> bySender(Runnable action) {
    chat.awaitIdle();
    long mark = chat.ledger().mark();
    action.run();
    return bySender(mark);
  }

  private Map<String, Long> bySender(long mark) {
    return chat.ledger().since(mark).stream()
        .filter(call -> call.caller().startsWith("HttpFunction"))
        .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
  }
}
