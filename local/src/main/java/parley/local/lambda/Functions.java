package parley.local.lambda;

/** Runs Lambda functions by ARN; the gateway, the triggers and Lambda's own API call them so. */
public interface Functions {
  /**
   * Invokes a function and waits for it (InvocationType RequestResponse).
   *
   * @param functionArn the ARN of a function, a version or an alias
   * @param event the event's JSON
   * @throws parley.local.aws.AwsException ResourceNotFoundException, if there is no such function
   */
  Invocation invoke(String functionArn, byte[] event);

  /**
   * Queues an event for a function and returns at once (InvocationType Event); a failed invocation
   * is retried twice, as Lambda does.
   */
  void invokeAsync(String functionArn, byte[] event);
}
