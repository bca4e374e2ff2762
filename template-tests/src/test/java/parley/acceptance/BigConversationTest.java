package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.local.aws.CallLedger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A conversation with more connections than a sender serves. {@code -Dparley.connections=10000}
 * makes it as big; docs/delivery.md has the figures.
 */
@ExtendWith(SharedChat.class)
class BigConversationTest {
  private static final int CONNECTIONS = Integer.getInteger("parley.connections", 150);
  private static final int EACH = 30;
  private static final int GONE = EACH / 3;
  private static final int AT_ONCE = 100;
  private static final Duration PAST_CONNECTING = Duration.ofMinutes(1);

  private final Chat chat;

  BigConversationTest(Chat chat) {
    this.chat = chat;
  }

  @Test
  void everyConnectionIsServedThoughAThirdIsGoneAndTheSenderDoesNotWaitForIt() {
    Friends friends = Friends.meet(chat);
    List<Person> members = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS / EACH; i++) {
      members.add(Person.register(chat, "Member"));
    }
    join(friends.conversation(), members);
    members.forEach(this::leaveDeadConnections);
    List<Phone> phones = new ArrayList<>();
    try {
      List<Callable<Phone>> connecting =
          members.stream()
              .flatMap(member -> Stream.generate(() -> member).limit(EACH - GONE))
              .map(member -> (Callable<Phone>) member::phone)
              .toList();
      for (int start = 0; start < connecting.size(); start += AT_ONCE) {
        int end = Math.min(start + AT_ONCE, connecting.size());
        phones.addAll(Together.run(connecting.subList(start, end)));
      }
      chat.clock().advance(PAST_CONNECTING);
      assertThat(known(members)).isEqualTo(CONNECTIONS);
      long mark = chat.ledger().mark();
      long begin = System.nanoTime();

      friends.ann().send(friends.conversation(), "hello, all").require(201);

      final Duration acknowledged = Duration.ofNanos(System.nanoTime() - begin);
      phones.forEach(phone -> phone.awaitMessage("hello, all"));
      Duration delivered = Duration.ofNanos(System.nanoTime() - begin);
      Eventually.await("those that are gone are forgotten", () -> known(members) == phones.size());
      assertThat(phones).allMatch(phone -> phone.received("message:new").size() == 1);
      Map<String, Long> bySender =
          chat.ledger().since(mark).stream()
              .filter(call -> call.caller().startsWith("HttpFunction"))
              .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
      assertThat(bySender)
          .doesNotContainKey("execute-api:ManageConnections")
          .containsEntry("lambda:InvokeFunction", (CONNECTIONS + 499L) / 500);
      System.out.printf(
          "%d connections, %d of them gone: acknowledged after %d ms, delivered after %d ms%n",
          CONNECTIONS, CONNECTIONS - phones.size(), acknowledged.toMillis(), delivered.toMillis());
    } finally {
      phones.forEach(Phone::close);
    }
  }

  /** How many connections of these people the table has. */
  private int known(List<Person> members) {
    return members.stream().mapToInt(member -> chat.aws().connectionsOf(member).size()).sum();
  }

  /** Lets people take part, as in a group. */
  private void join(String conversation, List<Person> members) {
    try (Database database = chat.openDatabase()) {
      for (Person member : members) {
        database.run(
            "insert into participants (conversation_id, user_id) values ('%s', '%s')"
                .formatted(conversation, member.id()));
      }
    }
  }

  /** Leaves connections in the table whose $disconnect never came. */
  private void leaveDeadConnections(Person member) {
    List<Phone> phones =
        Together.run(Stream.generate(() -> (Callable<Phone>) member::phone).limit(GONE).toList());
    Map<String, AttributeValue> item = chat.aws().item(member);
    phones.forEach(Phone::close);
    Eventually.await("they are removed", () -> chat.aws().connectionsOf(member).isEmpty());
    chat.aws().put(item);
  }
}
