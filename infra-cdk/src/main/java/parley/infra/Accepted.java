package parley.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import software.constructs.IConstruct;

/**
 * Findings of cdk-nag that stand, each said with its reason beside the construct that it is about.
 * A test runs the rules; it fails on a finding that is not accepted, and on one that is accepted
 * but no longer found.
 */
final class Accepted {
  private Accepted() {}

  /**
   * Lets a rule's finding about a resource stand.
   *
   * @param rule with the name of its pack: {@code AwsSolutions-VPC7}
   * @param reason a sentence for whoever reviews the template
   */
  static void of(IConstruct resource, String rule, String reason) {
    add(resource, NagPackSuppression.builder().id(rule).reason(reason).build());
  }

  /**
   * Lets one finding of a rule stand that may have many, as those of IAM have.
   *
   * @param finding as the rule writes it: {@code Resource::*}
   */
  static void of(IConstruct resource, String rule, String finding, String reason) {
    add(
        resource,
        NagPackSuppression.builder().id(rule).appliesTo(List.of(finding)).reason(reason).build());
  }

  private static void add(IConstruct resource, NagPackSuppression suppression) {
    NagSuppressions.addResourceSuppressions(resource, List.of(suppression));
  }
}
