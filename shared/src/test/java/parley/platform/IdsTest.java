package parley.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

  @Test
  void layoutIsThatOfVersion7() {
    UUID id = ids(NOW).next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void layoutHoldsWhateverTheRandomBitsAre() {
    for (long bits : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      UUID id = new Ids(Clock.fixed(NOW, ZoneOffset.UTC), () -> bits).next();
      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
  }

  @Test
  void aLaterIdSortsBehindAnEarlierOneAsTextAndSoInPostgres() {
    String earlier = ids(NOW).next().toString();
    String later = ids(NOW.plusMillis(1)).next().toString();
    assertThat(later).isGreaterThan(earlier);
  }

  @Test
  void idsOfOneMillisecondDiffer() {
    Ids ids = ids(NOW);
    Set<UUID> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next());
    }
    assertThat(made).hasSize(10_000);
  }

  @Test
  void parsesAUuidInEitherCase() {
    UUID id = UUID.fromString("01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d");
    assertThat(Ids.parse("id", "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d")).isEqualTo(id);
    assertThat(Ids.parse("id", "01934B5E-2F00-7C3A-9B1D-5E6F7A8B9C0D")).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "01934b5e2f007c3a9b1d5e6f7a8b9c0d",
        "{01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d}",
        "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0",
        "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d0",
        "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0g",
        " 1934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d",
        "+1934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d",
        "1934b5e-02f00-7c3a-9b1d-5e6f7a8b9c0d",
        "０1934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d",
        "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d\n",
      })
  void refusesAnyOtherForm(String text) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> Ids.parse("userId", text))
        .withMessage("userId must be a UUID")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
  }

  private static Ids ids(Instant now) {
    return new Ids(Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }
}
