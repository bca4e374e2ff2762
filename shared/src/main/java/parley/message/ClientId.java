package parley.message;

import parley.platform.ChatException;

/**
 * The id that a client gives a message so that sending it again stores it once: 1 to 64 printable
 * ASCII characters, unique for the sender.
 */
public record ClientId(String value) {
  private static final int MAX_LENGTH = 64;

  /**
   * @throws ChatException VALIDATION_FAILED
   */
  public ClientId {
    boolean printable = value.chars().allMatch(character -> character >= '!' && character <= '~');
    if (value.isEmpty() || value.length() > MAX_LENGTH || !printable) {
      throw ChatException.invalid(
          "clientId must be 1 to " + MAX_LENGTH + " printable ASCII characters");
    }
  }
}
