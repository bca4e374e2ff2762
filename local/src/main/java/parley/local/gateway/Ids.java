package parley.local.gateway;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes ids that look like API Gateway's: 11 random bytes in URL-safe base64, with its padding. */
final class Ids {
  private static final Pattern CONNECTION_ID = Pattern.compile("[A-Za-z0-9_-]{15}=");

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  static boolean isConnectionId(String text) {
    return CONNECTION_ID.matcher(text).matches();
  }

  /** A connection id, a request id or a message id: all of them look alike. */
  String next() {
    return Base64.getUrlEncoder().encodeToString(bytes(11));
  }

  /** A value for the header X-Amzn-Trace-Id. */
  String trace(Instant now) {
    HexFormat hex = HexFormat.of();
    return "Root=1-" + hex.toHexDigits((int) now.getEpochSecond()) + "-" + hex.formatHex(bytes(12));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
