package parley.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The promises of docs/delivery.md while everything that may fail does. {@code -Dcampaign=long} has
 * 100,000 messages instead of some hundred, {@code -Dcampaign.rounds=} fewer or more, and {@code
 * -Dcampaign.seed=} repeats a seed.
 */
class CampaignTest {
  private static final long SEED = Long.getLong("campaign.seed", 20_261_124L);

  @Test
  void whileEverythingThatMayFailDoesThePromisesHold() {
    boolean isLong = System.getProperty("campaign", "short").equals("long");
    int rounds = isLong ? Integer.getInteger("campaign.rounds", 50) : 1;
    int sends = isLong ? 2_004 : 600;
    Campaign campaign =
        isLong
            ? new Campaign(rounds, sends, Duration.ofMinutes(10), System.out::println)
            : new Campaign(rounds, sends, Duration.ofMinutes(5), line -> {});

    Campaign.Result result = campaign.run(SEED);

    System.out.println("The campaign of seed " + SEED + ": " + result);
    assertThat(result.violations()).isEmpty();
    assertThat(result.messages()).isEqualTo((long) rounds * sends);
    assertThat(result.faultCount()).isGreaterThanOrEqualTo(50L * rounds);
  }
}
