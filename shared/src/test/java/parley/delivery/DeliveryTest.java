package parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.connection.Connection;
import parley.connection.ConnectionId;
import parley.connection.Opening;
import parley.connection.Origin;
import parley.connection.Protocol;
import parley.user.UserId;

class DeliveryTest {
  private final Connection connection =
      new Connection(
          new ConnectionId("VNRUSeldSwMCIRQ="),
          new UserId(UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d")),
          Protocol.PLAIN,
          Instant.parse("2026-11-22T10:15:30.123Z"),
          Instant.parse("2026-11-22T11:15:30Z"),
          false);

  @Test
  void readsBackWhatItWrote() {
    Delivery delivery =
        new Delivery("{\"a\": \"é😀\\n\"}", List.of(connection, connection), Instant.EPOCH);
    assertThat(DeliveryTask.fromJson(delivery.toJson())).isEqualTo(delivery);
  }

  @Test
  void readsBackAGreeting() {
    Greeting greeting =
        new Greeting(
            new Opening(connection.id(), Origin.ofAddress("203.0.113.24"), Instant.EPOCH),
            "0{\"sid\":\"x\"}");
    assertThat(DeliveryTask.fromJson(greeting.toJson())).isEqualTo(greeting);
  }

  @Test
  void showsNothingOfTheFrameInLogs() {
    assertThat(new Delivery("secret", List.of(connection), Instant.EPOCH).toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"delivery\": {\"frame\": \"x\"}}",
        "{\"delivery\": {\"frame\": \"x\", \"connections\": [7]}}",
        "{\"greeting\": {\"frame\": \"x\"}}"
      })
  void refusesWhatIsNoDelivery(String json) {
    assertThatThrownBy(() -> DeliveryTask.fromJson(json)).isInstanceOf(RuntimeException.class);
  }
}
