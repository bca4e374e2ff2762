package parley.functions.failure;

import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.log.Invocation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Turns whatever went wrong into what a client may be told. */
public final class Failures {
  private Failures() {}

  /** The error to tell, which the log tells too. */
  public static ChatException explain(RuntimeException failure) {
    ChatException told = told(failure);
    if (told.code().status() >= 500) {
      Invocation.current().fault(told.code(), failure);
    } else {
      Invocation.current().refused(told.code());
    }
    return told;
  }

  private static ChatException told(RuntimeException failure) {
    if (failure instanceof ChatException known) {
      return known;
    }
    return isPassing(failure)
        ? new ChatException(
            ErrorCode.SERVICE_UNAVAILABLE, "a service is not available, try again soon", failure)
        : new ChatException(ErrorCode.INTERNAL, "something went wrong on our side", failure);
  }

  private static boolean isPassing(RuntimeException failure) {
    return failure instanceof SdkClientException
        || (failure instanceof SdkServiceException service
            && (service.statusCode() >= 500 || service.isThrottlingException()));
  }
}
