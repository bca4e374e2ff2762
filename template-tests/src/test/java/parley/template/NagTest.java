package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of cdk-nag, in its packs AwsSolutions and Serverless: a finding is mended, or accepted
 * beside the construct that it is about, by {@code Accepted} with the reason.
 */
class NagTest {
  /** Contexts that make all the resources there may be. */
  enum Stage {
    STANDARD(Map.of()),
    WITH_EVERYTHING(
        Map.of(
            "region", "eu-central-1",
            "httpDomain", "api.example.com",
            "httpCertificate", StageContextTest.ARN,
            "socketDomain", "live.example.com",
            "socketCertificate", StageContextTest.ARN,
            "tracing", "true",
            "alarmEmail", "ann@example.com")),
    WITH_LITTLE(Map.of("throwaway", "true", "accessLogs", "false", "monitoring", "false"));

    final Map<String, String> context;

    Stage(Map<String, String> context) {
      this.context = context;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheRulesFindIsMendedOrAcceptedWithAReasonAndNothingElseIs(Stage stage) {
    NagReview review = NagReview.of(stage.context);

    assertThat(review.checked()).as("rules that looked at something").isGreaterThan(100);
    assertThat(review.findings()).as("findings that nobody accepted").isEmpty();
    assertThat(review.unneeded()).as("accepted, but not found: take it away").isEmpty();
  }
}
