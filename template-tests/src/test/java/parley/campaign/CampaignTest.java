package parley.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The promises of docs/delivery.md while everything that may fail does. {@code -Dcampaign=long} has
 * 100,000 messages instead of some hundred; {@code -Dcampaign.seed=} repeats a seed.
 */
class CampaignTest {
  private static final long SEED = Long.getLong("campaign.seed", 20_261_124L);

  @Test
  void whileEverythingThatMayFailDoesThePromisesHold() {
    boolean isLong = System.getProperty("campaign", "short").equals("long");
    Campaign campaign =
        isLong
            ? new Campaign(
                Integer.getInteger("campaign.rounds", 50),
                2_004,
                Duration.ofMinutes(10),
                System.out::println)
            : new Campaign(1, 600, Duration.ofSeconds(85), line -> {});

    Campaign.Result result = campaign.run(SEED);

    System.out.println("The campaign of seed " + SEED + ": " + result);
    assertThat(result.violations()).isEmpty();
    assertThat(result.messages()).isGreaterThanOrEqualTo(isLong ? 100_000 : 600);
    assertThat(result.faultCount()).isGreaterThanOrEqualTo(isLong ? 2_000 : 50);
  }
}
