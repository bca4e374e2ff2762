package parley.platform.aws;

import java.util.OptionalLong;
import java.util.Set;
import parley.platform.log.Invocation;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;

/**
 * Tells the log and a metric of each call that AWS refuses for a reason of ours: a grant that is
 * missing, a request that is too large or malformed. It sees the calls of all our clients, so that
 * no code that goes on without a call can hide that. Throttling and failures of AWS are not ours.
 */
final class RefusedCalls implements ExecutionInterceptor {
  /** Answers that our code asks for, and for which it has its own rules. */
  private static final Set<Class<? extends AwsServiceException>> EXPECTED =
      Set.of(
          GoneException.class,
          ConditionalCheckFailedException.class,
          TransactionCanceledException.class,
          TransactionConflictException.class,
          DatabaseErrorException.class,
          DatabaseResumingException.class,
          StatementTimeoutException.class);

  @Override
  public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes attributes) {
    if (failed.exception() instanceof AwsServiceException refusal && isOurs(refusal)) {
      Invocation.current()
          .refusal(
              String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)),
              refusal.statusCode(),
              failed.httpRequest().map(RefusedCalls::bytes).orElse(OptionalLong.empty()),
              refusal);
    }
  }

  private static boolean isOurs(AwsServiceException refusal) {
    return refusal.statusCode() / 100 == 4
        && !refusal.isThrottlingException()
        && !EXPECTED.contains(refusal.getClass());
  }

  private static OptionalLong bytes(SdkHttpRequest request) {
    return request
        .firstMatchingHeader("Content-Length")
        .map(Long::parseLong)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
