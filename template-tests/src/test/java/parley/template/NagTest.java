package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of cdk-nag, in its packs AwsSolutions and Serverless: a finding is mended, or accepted
 * beside the construct that it is about, by {@code Accepted} with the reason.
 */
class NagTest {
  /** Contexts that make all the resources there may be. */
  enum Stage {
    STANDARD,
    WITH_EVERYTHING,
    WITH_LITTLE;

    private Map<String, String> context() {
      return switch (this) {
        case STANDARD -> Map.of();
        case WITH_EVERYTHING ->
            Map.of(
                "region", "eu-central-1",
                "httpDomain", "api.example.com",
                "httpCertificate", StageContextTest.ARN,
                "socketDomain", "live.example.com",
                "socketCertificate", StageContextTest.ARN,
                "tracing", "true",
                "alarmEmail", "ann@example.com");
        case WITH_LITTLE ->
            Map.of(
                "throwaway", "true",
                "corsOrigins", "none",
                "accessLogs", "false",
                "monitoring", "false");
      };
    }

    NagReview review() {
      return REVIEWS.computeIfAbsent(this, stage -> NagReview.of(stage.context()));
    }
  }

  private static final Map<Stage, NagReview> REVIEWS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource
  void whatTheRulesFindIsMendedOrAcceptedWithAReason(Stage stage) {
    assertThat(stage.review().checked()).as("rules that looked at a resource").isGreaterThan(100);
    assertThat(stage.review().findings()).as("findings that nobody accepted").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAcceptedIsFound(Stage stage) {
    assertThat(stage.review().unneeded()).as("accepted in vain: take it away").isEmpty();
  }
}
