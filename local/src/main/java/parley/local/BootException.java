package parley.local;

/** Why the system does not start, in words for the person who started it. */
public final class BootException extends RuntimeException {
  public BootException(String message) {
    super(message);
  }

  public BootException(String message, Throwable cause) {
    super(message, cause);
  }
}
