package parley.platform;

/** The rule for how many things a client asks for at once. */
public final class PageLimit {
  private PageLimit() {}

  /**
   * Checks how many things a page is to have.
   *
   * @param limit what the client says
   * @param most how many a page has at most
   * @throws ChatException VALIDATION_FAILED unless it is 1 to {@code most}
   */
  public static void require(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw ChatException.invalid("limit must be 1 to " + most);
    }
  }
}
