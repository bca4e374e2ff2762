package parley.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords by Argon2id with the least costs that OWASP's Password Storage Cheat Sheet
 * allows (m = 19 MiB, t = 2, p = 1), written in the PHC string format.
 */
public final class PasswordHasher {
  private static final int MEMORY_KIBIBYTES = 19_456;
  private static final int ITERATIONS = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String PREFIX =
      "$argon2id$v=19$m=" + MEMORY_KIBIBYTES + ",t=" + ITERATIONS + ",p=1$";

  private final SecureRandom random;

  public PasswordHasher(SecureRandom random) {
    this.random = random;
  }

  /** A salted hash of the password. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return PREFIX + encode(salt) + "$" + encode(derive(password, salt));
  }

  /** Whether {@code hash}, made by {@link #hash}, is of this password; takes as long either way. */
  boolean matches(String password, String hash) {
    if (!hash.startsWith(PREFIX)) {
      throw new IllegalStateException("a password hash of unknown parameters");
    }
    String[] parts = hash.substring(PREFIX.length()).split("\\$", 2);
    byte[] expected = Base64.getDecoder().decode(parts[1]);
    byte[] actual = derive(password, Base64.getDecoder().decode(parts[0]));
    return MessageDigest.isEqual(expected, actual);
  }

  /** Does the work of {@link #matches} for nobody, so that an unknown email takes as long. */
  void matchNothing(String password) {
    derive(password, new byte[SALT_BYTES]);
  }

  private static byte[] derive(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIBIBYTES)
            .withIterations(ITERATIONS)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
