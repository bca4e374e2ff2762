package parley.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.cost.CostPage;
import parley.local.aws.CallLedger;
import parley.local.usage.Meter;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What it costs to keep Socket.IO connections open on which nobody says anything. */
@ExtendWith(SharedChat.class)
class IdleCostTest {
  private static final int CONNECTIONS = 16;

  private final Chat chat;

  IdleCostTest(Chat chat) {
    this.chat = chat;
  }

  @BeforeEach
  void othersHaveGone() {
    Eventually.await("nobody is connected", () -> chat.aws().connections() == 0);
  }

  @Test
  void theCostPageSaysWhatIdleConnectionsUse() {
    Person ann = Person.register(chat, "Ann");
    Map<Meter, Double> reconnect =
        used(
            () -> {
              RawSocket raw = RawSocket.connected(chat, ann);
              Eventually.await("it is ready", () -> isReady(ann));
              raw.close();
              Eventually.await("it is gone", () -> chat.aws().connections() == 0);
            });
    List<RawSocket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(RawSocket.connected(chat, ann));
      }
      long mark = chat.ledger().mark();
      Map<Meter, Double> turns = used(() -> chat.pass(Duration.ofMinutes(16)));
      idle.forEach(
          raw -> {
            assertThat(raw.count("2")).as("pings").isEqualTo(1);
            assertThat(raw.count("6")).as("noops").isEqualTo(1);
          });

      assertThat(turns).as("no write").doesNotContainKey(Meter.WRITE_UNITS);
      assertThat(keepaliveCalls(mark))
          .as("a post a turn; the slot and the eight partitions of what is opening, each minute")
          .isEqualTo(
              Map.of("execute-api:ManageConnections", 2L * CONNECTIONS, "dynamodb:Query", 16L * 9));
      CostPage.checkConnections(reconnect);
    } finally {
      idle.forEach(RawSocket::close);
    }
  }

  private Map<String, Long> keepaliveCalls(long mark) {
    return chat.ledger().since(mark).stream()
        .filter(call -> call.caller().startsWith("KeepaliveFunction"))
        .collect(Collectors.groupingBy(CallLedger.Call::action, Collectors.counting()));
  }

  private boolean isReady(Person person) {
    return chat.aws().item(person).values().stream()
        .filter(AttributeValue::hasM)
        .anyMatch(
            connection ->
                connection.m().getOrDefault("ready", AttributeValue.fromBool(false)).bool());
  }

  private Map<Meter, Double> used(Runnable action) {
    Map<Meter, Double> before = chat.usage();
    action.run();
    Map<Meter, Double> used = new EnumMap<>(Meter.class);
    chat.usage()
        .forEach(
            (meter, units) -> {
              double more = units - before.getOrDefault(meter, 0.0);
              if (more > 0) {
                used.put(meter, more);
              }
            });
    return used;
  }
}
