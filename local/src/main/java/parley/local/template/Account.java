package parley.local.template;

/** The account and region that the system is deployed to; on one machine, made up. */
public final class Account {
  public static final String ID = "000000000000";
  public static final String REGION = "us-east-1";
  public static final String PARTITION = "aws";
  public static final String URL_SUFFIX = "amazonaws.com";

  private Account() {}

  /** An ARN of this account and region. */
  public static String arn(String service, String resource) {
    return "arn:%s:%s:%s:%s:%s".formatted(PARTITION, service, REGION, ID, resource);
  }

  /** An ARN of a global service (IAM), whose ARNs name no region. */
  public static String globalArn(String service, String resource) {
    return "arn:%s:%s::%s:%s".formatted(PARTITION, service, ID, resource);
  }
}
