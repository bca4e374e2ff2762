package parley.platform;

import org.jspecify.annotations.Nullable;

/**
 * An error to be told to the client. The message is for people and may be shown to them: it carries
 * no secret, no SQL and nobody else's data.
 */
public final class ChatException extends RuntimeException {
  private final ErrorCode code;

  public ChatException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public ChatException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A field that breaks its rule; {@code message} says which and how. */
  public static ChatException invalid(String message) {
    return new ChatException(ErrorCode.VALIDATION_FAILED, message);
  }

  /** What cannot be done with somebody whom the caller blocks. */
  public static ChatException blockedByYou() {
    return new ChatException(ErrorCode.BLOCKED_BY_YOU, "you block this user");
  }

  public ErrorCode code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
