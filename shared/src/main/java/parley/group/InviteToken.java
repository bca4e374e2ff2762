package parley.group;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The secret of an invite: 128 random bits in base64url, 22 characters. The app makes a link of it;
 * it travels in bodies only, so that no log of addresses has it.
 */
public record InviteToken(String value) {
  private static final int BYTES = 16;

  static InviteToken random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new InviteToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What is stored of it. So many random bits need no salt and no slow hash. */
  String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "InviteToken[...]";
  }
}
