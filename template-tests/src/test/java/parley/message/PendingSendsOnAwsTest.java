package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import parley.adapter.Aws;
import parley.adapter.AwsServices;
import parley.message.PendingSends.PendingSend;

/** Notes of messages that are being sent are kept on every stand-in for DynamoDB alike. */
@ParameterizedClass
@EnumSource
class PendingSendsOnAwsTest {
  private final Instant now = Instant.now();

  private final AwsServices services;

  PendingSendsOnAwsTest(Aws aws) {
    services = aws.services();
  }

  @Test
  void aNoteIsFoundOnceItIsOldEnoughAndUntilItIsRemoved() {
    PendingSends notes = at(now);
    List<PendingSend> made =
        IntStream.range(0, 40)
            .mapToObj(number -> notes.add(new MessageId(UUID.randomUUID())))
            .toList();

    assertThat(notes.before(now)).doesNotContainAnyElementsOf(made);
    assertThat(notes.before(now.plusSeconds(1))).containsAll(made);

    made.forEach(notes::remove);
    notes.remove(made.getFirst());
    assertThat(notes.before(now.plusSeconds(1))).doesNotContainAnyElementsOf(made);
  }

  @Test
  void theOldestNotesOfAPartitionComeFirst() {
    MessageId id = new MessageId(UUID.randomUUID());
    PendingSend later = at(now.minusSeconds(60)).add(id);
    PendingSend earlier = at(now.minusSeconds(120)).add(id);

    assertThat(at(now).before(now)).containsSubsequence(earlier, later);
    assertThat(at(now).before(now.minusSeconds(90))).contains(earlier).doesNotContain(later);

    at(now).remove(later);
    at(now).remove(earlier);
  }

  private PendingSends at(Instant time) {
    return new PendingSends(
        services.clients().dynamoDb(), services.config(), Clock.fixed(time, ZoneOffset.UTC));
  }
}
