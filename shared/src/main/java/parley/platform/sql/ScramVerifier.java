package parley.platform.sql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Postgres keeps of a password for SCRAM-SHA-256 (RFC 5802, section 3; RFC 7677). A role can
 * be given this text in place of its password ("CREATE ROLE" in the Postgres manual), so that the
 * password is in no statement and in no log.
 */
final class ScramVerifier {
  /** Postgres's own number (scram_iterations), and the least that RFC 7677 allows. */
  private static final int ITERATIONS = 4096;

  private static final int KEY_BITS = 256;

  private ScramVerifier() {}

  /**
   * The verifier of a password.
   *
   * @param salt random, 16 bytes
   * @throws IllegalArgumentException if the password has a character outside of printable ASCII,
   *     which SASLprep (RFC 4013) might change
   */
  static String of(String password, byte[] salt) {
    if (!password.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("a database password must be of printable ASCII");
    }
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, KEY_BITS))
              .getEncoded();
      byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(hmac(salted, "Client Key"));
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(
              ITERATIONS, base64(salt), base64(storedKey), base64(hmac(salted, "Server Key")));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has these algorithms", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
