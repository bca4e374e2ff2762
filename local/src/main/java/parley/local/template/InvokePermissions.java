package parley.local.template;

import parley.local.aws.Policy;

/**
 * What the template lets AWS services invoke. AWS asks for a permission at each call; here the lack
 * of one shows at once.
 */
public final class InvokePermissions {
  private final Deployment deployment;

  public InvokePermissions(Deployment deployment) {
    this.deployment = deployment;
  }

  /**
   * Checks that a service may invoke a function.
   *
   * @param user the resource that makes the service do so, for the message
   * @param principal the service, {@code events.amazonaws.com} for one
   * @param function the ARN that it invokes, with its qualifier
   * @param source the ARN of what the service acts for
   * @throws TemplateException naming all of them, if no {@code AWS::Lambda::Permission} allows it
   */
  public void require(Resource user, String principal, String function, String source) {
    boolean permitted =
        deployment.ofType("AWS::Lambda::Permission").stream()
            .filter(permission -> permission.requireText("FunctionName").equals(function))
            .filter(permission -> permission.requireText("Principal").equals(principal))
            .filter(permission -> permission.requireText("Action").equals("lambda:InvokeFunction"))
            .anyMatch(
                permission -> Policy.matches(permission.text("SourceArn").orElse("*"), source));
    if (!permitted) {
      throw new TemplateException(
          "%s: no AWS::Lambda::Permission lets %s invoke %s for %s"
              .formatted(user.described(), principal, function, source));
    }
  }
}
