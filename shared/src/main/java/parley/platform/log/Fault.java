package parley.platform.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.Coded;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * An exception as the log tells it: its kind and place. Never its message, which may quote what
 * users wrote, or a token.
 *
 * @param kind the exception's class
 * @param code what a program would tell kinds of failure apart by: an error code of ours or of an
 *     AWS service, an SQLSTATE
 * @param at the places in our own code, innermost first
 */
record Fault(String kind, Optional<String> code, List<String> at) {
  private static final int MOST_CAUSES = 5;
  private static final int MOST_PLACES = 12;

  /** An exception and its causes, outermost first. */
  static List<Fault> of(Throwable failure) {
    List<Fault> faults = new ArrayList<>();
    for (@Nullable Throwable cause = failure;
        cause != null && faults.size() < MOST_CAUSES;
        cause = cause.getCause()) {
      faults.add(new Fault(cause.getClass().getName(), code(cause), places(cause)));
    }
    return faults;
  }

  private static Optional<String> code(Throwable failure) {
    return switch (failure) {
      case ChatException known -> Optional.of(known.code().name());
      case Coded coded -> Optional.of(coded.failureCode());
      case AwsServiceException refused ->
          Optional.of(refused.statusCode() + " " + errorCode(refused));
      default -> Optional.empty();
    };
  }

  private static String errorCode(AwsServiceException refused) {
    return refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
  }

  private static List<String> places(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("parley."))
        .limit(MOST_PLACES)
        .map(
            frame ->
                "%s.%s:%d"
                    .formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber()))
        .toList();
  }
}
