package parley.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens that are wrong in one way. */
final class TokenForge {
  private final String secret;
  private final Map<String, Object> goodClaims;

  /** Forges tokens for a person, by the secret that signs the good ones. */
  TokenForge(Person victim, Instant now) {
    secret = victim.chat().aws().tokenSecret();
    goodClaims =
        Map.of(
            "iss",
            "parley",
            "aud",
            "parley",
            "sub",
            victim.id(),
            "type",
            "access",
            "iat",
            now.getEpochSecond(),
            "exp",
            now.plus(Duration.ofHours(1)).getEpochSecond());
  }

  /** A token that has nothing wrong: what shows that the others are refused for their one fault. */
  String good() {
    return sign("HS256", goodClaims, secret);
  }

  String with(String claim, Object value) {
    Map<String, Object> claims = new HashMap<>(goodClaims);
    claims.put(claim, value);
    return sign("HS256", claims, secret);
  }

  String without(String claim) {
    Map<String, Object> claims = new HashMap<>(goodClaims);
    claims.remove(claim);
    return sign("HS256", claims, secret);
  }

  String signedByAnotherSecret() {
    return sign("HS256", goodClaims, secret + "x");
  }

  String withAlgorithm(String algorithm) {
    return sign(algorithm, goodClaims, secret);
  }

  /** The algorithm {@code none}, which needs no signature (RFC 7519, 6). */
  String unsigned() {
    return content("none", goodClaims) + ".";
  }

  private static String sign(String algorithm, Map<String, Object> claims, String secret) {
    String content = content(algorithm, claims);
    String name = "HmacSHA" + algorithm.substring(2);
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
      return content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String content(String algorithm, Map<String, Object> claims) {
    return encode(Map.of("alg", algorithm)) + "." + encode(claims);
  }

  private static String encode(Map<String, Object> object) {
    return encode(Json.write(object).getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
