package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import parley.cost.CostPage;
import parley.local.aws.CallLedger;
import parley.local.usage.Meter;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What it costs to keep Socket.IO connections open on which nobody says anything. */
@TestInstance(Lifecycle.PER_CLASS)
class IdleCostTest {
  private static final int CONNECTIONS = 16;

  private final Chat chat = Chat.start();

  @AfterAll
  void stop() {
    chat.close();
  }

  @BeforeEach
  void othersHaveGone() {
    chat.awaitSilence();
  }

  @Test
  void theCostPageSaysWhatIdleConnectionsUse() {
    Person ann = Person.register(chat, "Ann");
    Map<Meter, Double> reconnect;
    try (RawSocket first = connected(ann)) {
      reconnect = reconnect(ann, first);
    }
    chat.awaitSilence();
    List<RawSocket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(RawSocket.connected(chat, ann));
      }
      long mark = chat.ledger().mark();
      Map<Meter, Double> turns = chat.used(() -> chat.pass(Duration.ofMinutes(16)));
      idle.forEach(
          raw -> {
            assertThat(raw.count("2")).as("pings").isEqualTo(1);
            assertThat(raw.count("6")).as("noops").isEqualTo(1);
          });

      assertThat(turns).as("no write").doesNotContainKey(Meter.WRITE_UNITS);
      assertThat(keepaliveCalls(mark))
          .as("a post a turn; each minute the slot, and eight partitions each of who opens or left")
          .isEqualTo(
              Map.of(
                  "execute-api:ManageConnections", 2L * CONNECTIONS, "dynamodb:Query", 16L * 17));
      CostPage.checkConnections(reconnect);
    } finally {
      idle.forEach(RawSocket::close);
    }
  }

  /** What it uses to connect anew and to close the old connection then. */
  private Map<Meter, Double> reconnect(Person person, RawSocket old) {
    List<RawSocket> next = new ArrayList<>();
    try {
      return chat.used(
          () -> {
            next.add(connected(person));
            old.close();
            Eventually.await("the old one is gone", () -> chat.aws().connections() == 1);
          });
    } finally {
      next.forEach(RawSocket::close);
    }
  }

  private RawSocket connected(Person person) {
    RawSocket raw = RawSocket.connectedAtFirstTry(chat, person);
    Eventually.await("it is ready", () -> areReady(person));
    return raw;
  }

  private Map<String, Long> keepaliveCalls(long mark) {
    return chat.ledger().since(mark).stream()
        .filter(call -> call.caller().startsWith("KeepaliveFunction"))
        .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
  }

  private boolean areReady(Person person) {
    return chat.aws().item(person).values().stream()
        .filter(AttributeValue::hasM)
        .allMatch(
            connection ->
                connection.m().getOrDefault("ready", AttributeValue.fromBool(false)).bool());
  }
}
