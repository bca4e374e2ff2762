package parley.local.aws;

/** Who signed a request: a function by its role, or a person, who may do everything. */
public interface Caller {
  /** The function's logical id in the template, or {@code user}. */
  String name();

  /**
   * Notes the call in the ledger and checks that the caller may make it.
   *
   * @param action an IAM action, {@code dynamodb:BatchGetItem}
   * @param resourceArn the resource that it acts on
   * @throws AwsException AccessDeniedException (or what the service calls it), if the caller's role
   *     does not allow it
   */
  void authorize(String action, String resourceArn);

  /**
   * Checks a permission that a service needs of its caller besides the called action, as the Data
   * API needs the secret's. It is not a call of its own, so the ledger does not list it.
   *
   * @throws AwsException as {@link #authorize} does
   */
  void check(String action, String resourceArn);
}
