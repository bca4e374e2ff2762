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
    List<Person> people =
        IntStream.range(0, CONNECTED).mapToObj(i -> Person.register(chat, "Member")).toList();
    people.forEach(person -> team.ann().befriend(person));
    team.add(team.ann(), people.toArray(Person[]::new)).require(201);
    team.crowd(1_000 - 3 - CONNECTED);
    List<Phone> phones = new ArrayList<>();
    try {
      for (Person person : people) {
        phones.addAll(
            Together.run(
                Stream.generate(() -> (Callable<Phone>) person::phone).limit(EACH).toList()));
      }
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

  private Map<String, Long> bySender(long mark) {
    return chat.ledger().since(mark).stream()
        .filter(call -> call.caller().startsWith("HttpFunction"))
        .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
  }
}
