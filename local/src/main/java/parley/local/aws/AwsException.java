package parley.local.aws;

/**
 * An error that an AWS service answers with. The endpoint renders it as the JSON protocols do: the
 * status, the header {@code x-amzn-ErrorType} and the body {@code {"__type": code, "message":
 * ...}}.
 */
public final class AwsException extends RuntimeException {
  private final int status;
  private final String code;

  public AwsException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  /** The error's name in the service's model, {@code GoneException} for one. */
  public String code() {
    return code;
  }
}
