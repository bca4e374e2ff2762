package parley.delivery;

/**
 * How often a post is tried, with pauses that double from 50 ms on.
 *
 * @param tries the tries of a post that fails or is throttled
 * @param triesWhileConnecting the tries of a post that is answered 410 because $connect may not
 *     have returned yet
 */
record Patience(int tries, int triesWhileConnecting) {
  static Patience of(int tries) {
    return new Patience(tries, tries);
  }

  boolean allows(int tried, boolean connecting) {
    return tried < (connecting ? triesWhileConnecting : tries);
  }
}
