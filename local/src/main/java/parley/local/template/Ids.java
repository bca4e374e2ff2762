package parley.local.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids that look made up and are the same at every start, so that what was stored is found again.
 */
final class Ids {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

  private Ids() {}

  /** {@code length} letters and digits, 32 at most, the first a letter. */
  static String of(String name, int length) {
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int letters = i == 0 ? 26 : ALPHABET.length();
      id.append(ALPHABET.charAt((hash[i] & 0xff) % letters));
    }
    return id.toString();
  }
}
