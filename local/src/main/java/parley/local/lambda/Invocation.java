package parley.local.lambda;

/**
 * What a function answered.
 *
 * @param payload the response's JSON or, if the function failed, {@code {"errorMessage",
 *     "errorType", "stackTrace"}}
 * @param failed whether the handler threw or timed out: Lambda's {@code X-Amz-Function-Error}
 */
public record Invocation(byte[] payload, boolean failed) {}
