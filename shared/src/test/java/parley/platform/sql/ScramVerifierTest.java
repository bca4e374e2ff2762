package parley.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checked by the exchange that RFC 7677, section 3, gives as its example. */
class ScramVerifierTest {
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String EXCHANGE =
      "n=user,r=rOprNGfwEbeRWgbNEkqO,r=" + NONCE + ",s=" + SALT + ",i=4096,c=biws,r=" + NONCE;
  private static final String CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final String SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  @Test
  void aServerThatKeepsTheVerifierAcceptsThePasswordAndProvesItself() throws Exception {
    String verifier = ScramVerifier.of("pencil", bytes(SALT));

    assertThat(verifier).startsWith("SCRAM-SHA-256$4096:" + SALT + "$");
    String storedKeyText =
        verifier.substring(verifier.lastIndexOf('$') + 1, verifier.lastIndexOf(':'));
    byte[] storedKey = bytes(storedKeyText);
    byte[] clientKey = hmac(storedKey);
    byte[] proof = bytes(CLIENT_PROOF);
    for (int i = 0; i < clientKey.length; i++) {
      clientKey[i] = (byte) (clientKey[i] ^ proof[i]);
    }
    assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey)).isEqualTo(storedKey);
    assertThat(hmac(bytes(verifier.substring(verifier.lastIndexOf(':') + 1))))
        .isEqualTo(bytes(SERVER_SIGNATURE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"päss", "pa\u007fss", "pa\nss"})
  void aPasswordThatNormalizationMightChangeIsRefusedWithoutBeingShown(String password) {
    assertThatThrownBy(() -> ScramVerifier.of(password, new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(password);
  }

  private static byte[] hmac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(EXCHANGE.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
