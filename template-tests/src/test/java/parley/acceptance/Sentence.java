package parley.acceptance;

/** The sentences of system messages. */
final class Sentence {
  private Sentence() {}

  /** A sentence as it is told: names and titles, here in braces, are isolated (UAX 9). */
  static String of(String sentence) {
    return sentence.replace('{', '\u2068').replace('}', '\u2069');
  }
}
