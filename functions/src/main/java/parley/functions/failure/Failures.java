package parley.functions.failure;

import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.sql.SqlException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Turns whatever went wrong into what a client may be told. */
public final class Failures {
  private Failures() {}

  /**
   * The error to tell. What is our own fault is logged, by its kind and place: messages of unknown
   * exceptions may quote what users wrote.
   */
  public static ChatException explain(RuntimeException failure) {
    if (failure instanceof ChatException known) {
      if (known.code().status() >= 500) {
        log(known);
      }
      return known;
    }
    log(failure);
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

  @SuppressWarnings("SystemOut") // Lambda's log is the standard error stream.
  private static void log(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(cause.getClass().getName());
      if (cause instanceof SqlException || cause instanceof SdkException) {
        text.append(": ").append(cause.getMessage());
      } else if (cause instanceof ChatException known) {
        text.append(": ").append(known.code());
      }
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frame.getClassName().startsWith("parley.")) {
          text.append("\n    at ").append(frame);
        }
      }
      text.append('\n');
    }
    System.err.print(text);
  }
}
