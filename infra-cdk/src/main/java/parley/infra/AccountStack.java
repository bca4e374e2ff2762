package parley.infra;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigateway.CfnAccount;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * What an account has once in a region, whatever its stages: the role as which API Gateway writes
 * the access logs of WebSocket APIs. It refuses a stage that logs before there is one.
 *
 * <p>All stages deploy this same stack, so that a second one changes nothing. It leaves everything
 * behind when it is deleted, because other APIs of the account may log by the role.
 */
final class AccountStack extends Stack {
  /** Of the stack, whatever the stage. */
  static final String NAME = "parley-account";

  private static final String POLICY = "service-role/AmazonAPIGatewayPushToCloudWatchLogs";

  AccountStack(Construct scope, String id, StackProps properties) {
    super(scope, id, properties);
    IManagedPolicy policy = ManagedPolicy.fromAwsManagedPolicyName(POLICY);
    Role role =
        Role.Builder.create(this, "GatewayLogs")
            .assumedBy(new ServicePrincipal("apigateway.amazonaws.com"))
            .managedPolicies(List.of(policy))
            .build();
    Accepted.of(
        role,
        "AwsSolutions-IAM4",
        "Policy::arn:<AWS::Partition>:iam::aws:policy/" + POLICY,
        "API Gateway asks for this very policy before it takes the role, and the role serves every"
            + " API of the account, whose log groups are not known here.");
    role.applyRemovalPolicy(StageContext.KEPT);
    CfnAccount account =
        CfnAccount.Builder.create(this, "Gateway").cloudWatchRoleArn(role.getRoleArn()).build();
    account.applyRemovalPolicy(StageContext.KEPT);
  }
}
