package parley.auth;

import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs tokens, fetched at first use and kept: for a function that only delivers
 * messages no secret is ever fetched.
 */
public final class SigningKey {
  private final Supplier<String> secret;
  private volatile @Nullable SecretKey key;

  /**
   * @param secret gives the secret: at least 32 bytes of UTF-8 (RFC 7518, 3.2, asks that of HS256)
   */
  public SigningKey(Supplier<String> secret) {
    this.secret = secret;
  }

  /** Forgets the key, so that its next use fetches the secret anew. */
  public void forget() {
    key = null;
  }

  SecretKey get() {
    SecretKey known = key;
    if (known == null) {
      known = Keys.hmacShaKeyFor(secret.get().getBytes(StandardCharsets.UTF_8));
      key = known;
    }
    return known;
  }
}
